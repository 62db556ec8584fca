import { type Affine, applyAffine, invertAffine } from '../geometry/affine.js';
import { boundingBox } from '../geometry/box.js';
import type { Point } from '../geometry/point.js';
import { flipLandmarks } from '../landmarks/flip.js';
import type { SchemeName } from '../landmarks/schemes.js';
import { faceError } from './face-error.js';
import { boxSize } from './normalizers.js';

/**
 * How far apart the points of a face and those of the same face moved are, once they are moved back: the mean distance as a share of the
 * size of the points' box. Needs no labels. A network that answers the same wherever the face is shows up here, one that always errs
 * alike does not.
 *
 * @param prediction On the face as it is.
 * @param moved On the face after `map`.
 * @param map Where the pixels of the face went.
 */
export function moveConsistency(prediction: readonly Point[], moved: readonly Point[], map: Affine): number {
  const back = invertAffine(map);
  return distance(
    prediction,
    moved.map((point) => applyAffine(back, point)),
  );
}

/**
 * The same for a mirrored face, whose left and right points change places.
 *
 * @param mirrored On the face mirrored.
 * @param width Of the face's picture, in pixels.
 */
export function flipConsistency(
  prediction: readonly Point[],
  mirrored: readonly Point[],
  scheme: SchemeName,
  width: number,
): number {
  return distance(prediction, flipLandmarks(mirrored, scheme, width));
}

function distance(prediction: readonly Point[], other: readonly Point[]): number {
  return faceError(other, prediction, boxSize(boundingBox(prediction)));
}

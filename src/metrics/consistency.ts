import { type Affine, applyAffine, invertAffine } from '../geometry/affine.js';
import { boundingBox } from '../geometry/box.js';
import type { Point } from '../geometry/point.js';
import { flipLandmarks } from '../landmarks/flip.js';
import type { SchemeName } from '../landmarks/schemes.js';
import { faceError } from './face-error.js';
import { boxSize } from './normalizers.js';

/**
 * How far apart the points of a face and of the same face moved are, after moving the latter back: the mean distance as
 * a share of the size of the points' box. It needs no labels, finds predictions that ignore where the face is, and
 * misses errors that move with it.
 *
 * @param prediction On the face as it is.
 * @param moved On the face after `map`.
 * @param map How the face's pixels moved.
 */
export function moveConsistency(prediction: readonly Point[], moved: readonly Point[], map: Affine): number {
  const back = invertAffine(map);
  const movedBack = moved.map((point) => applyAffine(back, point));
  return distance(prediction, movedBack);
}

/**
 * The same for a mirrored face.
 *
 * @param mirrored On the mirrored face.
 * @param width Width of the face's image, in pixels.
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

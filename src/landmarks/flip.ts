import { InvalidArgumentError } from '../errors.js';
import type { Point } from '../geometry/point.js';
import { landmarkSchemes, type SchemeName } from './schemes.js';

/**
 * The landmarks of a horizontally mirrored image: x becomes `imageWidth - 1 - x`, and left and right points swap
 * indices, so that point 0 is at the image's left again. Invisible (NaN) points stay invisible.
 *
 * @param imageWidth Width in pixels of the image the points are in.
 * @throws InvalidArgumentError when the number of points is not the scheme's.
 */
export function flipLandmarks(points: readonly Point[], scheme: SchemeName, imageWidth: number): Point[] {
  if (points.length !== scheme) {
    throw new InvalidArgumentError(
      `Got ${points.length} points for a scheme of ${scheme}: give all, NaN if invisible.`,
    );
  }
  return landmarkSchemes[scheme].flip.map((mirrored) => {
    const { x, y } = points[mirrored]!;
    return { x: imageWidth - 1 - x, y };
  });
}

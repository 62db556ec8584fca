import { InvalidArgumentError } from '../errors.js';
import type { Affine } from './affine.js';
import type { Point } from './point.js';
import { principalAxes } from './principal-axes.js';
import { visiblePairs } from './visible-pairs.js';

/** Correlations below this, of at most 1, are rounding. */
const NO_CORRELATION = 1e-9;

/**
 * The least-squares rotation, uniform scaling and shift (4 parameters) from one set of points to another (Umeyama, PAMI
 * 1991). It keeps a face's proportions, never mirrors, and needs only two points; the paper uses {@link alignAffine}.
 *
 * @param from Points in pixels, NaN where not visible.
 * @param to The same points in the same order. Pairs in which either is not visible are left out.
 * @throws InvalidArgumentError when the lengths differ, a coordinate is infinite, fewer than 2 pairs are visible, all
 *   points of either set coincide, or no rotation fits better than another, as from a square to its mirror image.
 * @example
 * const map = alignSimilarity(points5, faceTemplate(32));
 */
export function alignSimilarity(from: readonly Point[], to: readonly Point[]): Affine {
  const pairs = visiblePairs(from, to, 2, 'leave this face out.');
  const [source, target] = [principalAxes(pairs.from), principalAxes(pairs.to)];
  // With points as complex numbers, rotation and scale are one complex factor.
  let [real, imaginary] = [0, 0];
  pairs.from.forEach((point, index) => {
    const [x, y] = [point.x - source.centre.x, point.y - source.centre.y];
    const [u, v] = [pairs.to[index]!.x - target.centre.x, pairs.to[index]!.y - target.centre.y];
    real += x * u + y * v;
    imaginary += x * v - y * u;
  });
  const [sourceSize, targetSize] = [Math.hypot(source.length, source.width), Math.hypot(target.length, target.width)];
  if (!(Math.hypot(real, imaginary) > NO_CORRELATION * sourceSize * targetSize)) {
    throw new InvalidArgumentError(
      `No rotation of these ${pairs.from.length} points fits best: are they mirrored, or in another order?`,
    );
  }
  const [a, d] = [real / sourceSize ** 2, imaginary / sourceSize ** 2];
  const { x, y } = source.centre;
  return [a, -d, target.centre.x - a * x + d * y, d, a, target.centre.y - d * x - a * y];
}

import { InvalidArgumentError } from '../errors.js';
import { applyAffine } from '../geometry/affine.js';
import { alignSimilarity } from '../geometry/align-similarity.js';
import type { Point } from '../geometry/point.js';

/** A shape moved, turned and scaled onto another. */
export interface AlignedShape {
  points: Point[];
  /** The root of the mean squared distance to the other shape, in its pixels. */
  residual: number;
}

/**
 * Moves, turns and scales a shape so that its points come as near to another's as they can, in the sense of least squares (Procrustes
 * analysis, by {@link alignSimilarity}). Shapes are not mirrored.
 *
 * @throws InvalidArgumentError when the numbers of points differ, a coordinate is not finite, the points of either shape all lie in one place, or
 *   no turn fits better than another.
 */
export function alignShape(points: readonly Point[], target: readonly Point[]): AlignedShape {
  if (points.length !== target.length) {
    throw new InvalidArgumentError(`Shapes of ${points.length} and ${target.length} points cannot be aligned.`);
  }
  if (![...points, ...target].every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))) {
    throw new InvalidArgumentError(
      'Shapes need finite points to be aligned: leave out faces with a point that is not visible.',
    );
  }
  const map = alignSimilarity(points, target);
  const aligned = points.map((point) => applyAffine(map, point));
  const squares = aligned.reduce((sum, { x, y }, i) => sum + (x - target[i]!.x) ** 2 + (y - target[i]!.y) ** 2, 0);
  return { points: aligned, residual: Math.sqrt(squares / points.length) };
}

/** The points around their mean. */
export function centred(points: readonly Point[]): { points: Point[]; centre: Point } {
  const centre = {
    x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
    y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
  };
  return { centre, points: points.map(({ x, y }) => ({ x: x - centre.x, y: y - centre.y })) };
}

/** How large a shape is: the root of the mean squared distance from its centre. */
export function centroidSize(points: readonly Point[]): number {
  const squares = centred(points).points.reduce((sum, { x, y }) => sum + x * x + y * y, 0);
  return Math.sqrt(squares / points.length);
}

import { InvalidArgumentError } from '../errors.js';
import { applyAffine } from '../geometry/affine.js';
import { alignSimilarity } from '../geometry/align-similarity.js';
import type { Point } from '../geometry/point.js';
import { centroid } from '../geometry/sums.js';

/** A shape aligned to another. */
export interface AlignedShape {
  points: Point[];
  /** The root of the mean squared distance to the other shape, in its pixels. */
  residual: number;
}

/**
 * Procrustes analysis: moves, rotates and scales a shape onto another in the least-squares sense, by {@link
 * alignSimilarity}. Shapes are not mirrored.
 *
 * @throws InvalidArgumentError when the numbers of points differ, a coordinate is not finite, the points of either
 *   shape coincide, or no rotation fits better than another.
 */
export function alignShape(points: readonly Point[], target: readonly Point[]): AlignedShape {
  if (points.length !== target.length) {
    throw new InvalidArgumentError(`Shapes of ${points.length} and ${target.length} points cannot be aligned.`);
  }
  if (![...points, ...target].every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))) {
    throw new InvalidArgumentError('Shapes need finite points: leave out faces with a point that is not visible.');
  }
  const map = alignSimilarity(points, target);
  const aligned = points.map((point) => applyAffine(map, point));
  const squares = aligned.reduce((sum, { x, y }, i) => sum + (x - target[i]!.x) ** 2 + (y - target[i]!.y) ** 2, 0);
  return { points: aligned, residual: Math.sqrt(squares / points.length) };
}

/** The points around their mean. */
export function centred(points: readonly Point[]): Point[] {
  const centre = centroid(points);
  return points.map(({ x, y }) => ({ x: x - centre.x, y: y - centre.y }));
}

/** The size of a shape: the root of the mean squared distance from its centre. */
export function centroidSize(points: readonly Point[]): number {
  const squares = centred(points).reduce((sum, { x, y }) => sum + x * x + y * y, 0);
  return Math.sqrt(squares / points.length);
}

import { InvalidArgumentError } from '../errors.js';
import type { Point } from '../geometry/point.js';

/** A shape moved, turned and scaled onto another. */
export interface AlignedShape {
  points: Point[];
  /** The root of the mean squared distance to the other shape, in its pixels. */
  residual: number;
}

/**
 * Moves, turns and scales a shape so that its points come as near to another's as they can, in the sense of least squares (Procrustes
 * analysis). Shapes are not mirrored.
 *
 * @throws InvalidArgumentError when the numbers of points differ, a coordinate is not finite, or the points all lie in one place.
 */
export function alignShape(points: readonly Point[], target: readonly Point[]): AlignedShape {
  if (points.length !== target.length) {
    throw new InvalidArgumentError(`Shapes of ${points.length} and ${target.length} points cannot be aligned.`);
  }
  const [from, to] = [centred(points), centred(target)];
  // With points as complex numbers the best turn and scale is one complex factor.
  const norm = from.points.reduce((sum, { x, y }) => sum + x * x + y * y, 0);
  if (!(norm > 0) || !Number.isFinite(norm)) {
    throw new InvalidArgumentError('A shape needs finite points that are not all in one place to be aligned.');
  }
  let [real, imaginary] = [0, 0];
  from.points.forEach(({ x, y }, index) => {
    const other = to.points[index]!;
    real += x * other.x + y * other.y;
    imaginary += x * other.y - y * other.x;
  });
  const [a, b] = [real / norm, imaginary / norm];
  const aligned = from.points.map(({ x, y }) => ({
    x: a * x - b * y + to.centre.x,
    y: b * x + a * y + to.centre.y,
  }));
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

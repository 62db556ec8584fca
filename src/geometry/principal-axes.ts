import { InvalidArgumentError } from '../errors.js';
import type { Point } from './point.js';

/** Points relative to their mean, in the frame of their largest spread. */
export interface PrincipalAxes {
  centre: Point;
  /** The direction of the largest spread. */
  cosine: number;
  sine: number;
  /** Each point's coordinate in that direction, and in the one a quarter turn clockwise (on screen) from it. */
  along: number[];
  across: number[];
  /** The roots of the sums of squares of both; the first is the larger. */
  length: number;
  width: number;
}

/** Points closer than this share of their coordinates are the same point up to rounding. */
const SAME_PLACE = 1e-9;

/**
 * The principal axes of points, for deciding what can be fitted to them.
 *
 * @throws InvalidArgumentError when all points coincide.
 */
export function principalAxes(points: readonly Point[]): PrincipalAxes {
  const centre = { x: mean(points.map(({ x }) => x)), y: mean(points.map(({ y }) => y)) };
  const [xs, ys] = [points.map(({ x }) => x - centre.x), points.map(({ y }) => y - centre.y)];
  const angle = Math.atan2(2 * dot(xs, ys), dot(xs, xs) - dot(ys, ys)) / 2;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const along = xs.map((x, i) => cosine * x + sine * ys[i]!);
  const across = xs.map((x, i) => cosine * ys[i]! - sine * x);
  const length = Math.sqrt(dot(along, along));
  const largest = Math.max(...points.map(({ x, y }) => Math.max(Math.abs(x), Math.abs(y))));
  if (!(length > SAME_PLACE * largest)) {
    throw new InvalidArgumentError(
      `All ${points.length} visible points lie at (${centre.x}, ${centre.y}): give at least two different points.`,
    );
  }
  return { centre, cosine, sine, along, across, length, width: Math.sqrt(dot(across, across)) };
}

/** The sum of products. */
export function dot(first: readonly number[], second: readonly number[]): number {
  return first.reduce((sum, value, i) => sum + value * second[i]!, 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

import { InvalidArgumentError } from '../errors.js';
import type { Point } from './point.js';
import { centroid, dot } from './sums.js';

/** Points in coordinates of their principal axes. */
export interface PrincipalAxes {
  centre: Point;
  /** The direction of the largest spread. */
  cosine: number;
  sine: number;
  /** Each point's coordinate in that direction, and in the one a quarter turn clockwise (on screen) from it. */
  along: number[];
  across: number[];
  /** The roots of the sums of squares of both; `length` is the larger. */
  length: number;
  width: number;
}

/** Points nearer to each other than this share of their coordinates coincide, up to rounding. */
const SAME_PLACE = 1e-9;

/** Throws `InvalidArgumentError` when all points coincide. */
export function principalAxes(points: readonly Point[]): PrincipalAxes {
  const centre = centroid(points);
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

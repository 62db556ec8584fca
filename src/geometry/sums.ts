import type { Point } from './point.js';

/** The mean of numbers; NaN of none. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The mean of points. */
export function centroid(points: readonly Point[]): Point {
  return { x: mean(points.map(({ x }) => x)), y: mean(points.map(({ y }) => y)) };
}

/** The sum of products. */
export function dot(first: readonly number[], second: readonly number[]): number {
  return first.reduce((sum, value, i) => sum + value * second[i]!, 0);
}

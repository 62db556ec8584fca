import type { Point } from '../geometry/point.js';

/** Whether a point is visible: throughout this library, points that are not have NaN coordinates. */
export function isVisible({ x, y }: Point): boolean {
  return !(Number.isNaN(x) || Number.isNaN(y));
}

/**
 * Replaces (-1, -1), with which AFLW's and ALRF's lists mark invisible points, by NaN. A point with one coordinate of
 * -1 lies just outside the image and is kept. Call it on the dataset's own coordinates, before anything is subtracted
 * (MATLAB counts from 1) or scaled.
 *
 * @example
 * markInvisible([{ x: 12.5, y: 9 }, { x: -1, y: -1 }]); // [{ x: 12.5, y: 9 }, { x: NaN, y: NaN }]
 */
export function markInvisible(points: readonly Point[]): Point[] {
  return points.map(({ x, y }) => (x === -1 && y === -1 ? { x: Number.NaN, y: Number.NaN } : { x, y }));
}

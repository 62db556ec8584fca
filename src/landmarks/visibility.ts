import type { Point } from '../geometry/point.js';

/** Whether a point is visible. Throughout this library, an invisible point has NaN coordinates. */
export function isVisible({ x, y }: Point): boolean {
  return !(Number.isNaN(x) || Number.isNaN(y));
}

/**
 * Replaces (-1, -1), with which AFLW's and ALRF's lists mark an invisible point, by NaN. Everything else is kept,
 * including a point with one coordinate of -1, which lies just outside the image. Call it on the coordinates as the
 * dataset writes them, before anything is subtracted (MATLAB counts from 1) or scaled.
 *
 * @example
 * ```ts
 * markInvisible([{ x: 12.5, y: 9 }, { x: -1, y: -1 }]); // [{ x: 12.5, y: 9 }, { x: NaN, y: NaN }]
 * ```
 */
export function markInvisible(points: readonly Point[]): Point[] {
  return points.map(({ x, y }) => (x === -1 && y === -1 ? { x: Number.NaN, y: Number.NaN } : { x, y }));
}

import type { Point } from '../geometry/point.js';

/**
 * The points of one face as a 300-W `.pts` file. The format counts pixels from 1, this library from 0: one is added.
 *
 * @example
 * ```ts
 * formatPts([{ x: 0, y: 2.5 }]); // 'version: 1\nn_points: 1\n{\n1.000 3.500\n}\n'
 * ```
 */
export function formatPts(points: readonly Point[]): string {
  const lines = points.map(({ x, y }) => `${(x + 1).toFixed(3)} ${(y + 1).toFixed(3)}`);
  return ['version: 1', `n_points: ${points.length}`, '{', ...lines, '}', ''].join('\n');
}

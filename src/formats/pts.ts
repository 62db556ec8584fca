import { DatasetError } from '../errors.js';
import type { Point } from '../geometry/point.js';
import { markInvisible } from '../landmarks/visibility.js';

/** 300-W counts pixels from 1; this library from 0. */
const FIRST_PIXEL = 1;

/**
 * Reads the points of a 300-W `.pts` file. A point of -1 -1 is not visible, and NaN here.
 *
 * @param source Names the file in messages.
 * @throws DatasetError when it is not a .pts file, or has not as many points as it announces.
 */
export function parsePts(text: string, source: string): Point[] {
  const announced = /n_points\s*:\s*(\d+)/.exec(text)?.[1];
  const body = /\{([^}]*)\}/.exec(text)?.[1];
  if (!announced || body === undefined) {
    throw new DatasetError(`${source} is not a .pts file: it needs "n_points: N" and the points in braces.`);
  }
  const lines = body.split(/\r?\n/).map((line) => line.trim());
  const points = lines.filter(Boolean).map((line) => {
    const [x, y, ...rest] = line.split(/\s+/).map(Number);
    if (x === undefined || y === undefined || rest.length > 0 || !Number.isFinite(x + y)) {
      throw new DatasetError(`${source} has a line "${line}" that is not two numbers.`);
    }
    return { x, y };
  });
  if (points.length !== Number(announced)) {
    throw new DatasetError(`${source} announces ${announced} points and has ${points.length}: it is damaged.`);
  }
  // Before 1 is subtracted. 300-W itself annotates all points; other authors of .pts files write -1 -1.
  return markInvisible(points).map(({ x, y }) => ({ x: x - FIRST_PIXEL, y: y - FIRST_PIXEL }));
}

/** The points of one face as a 300-W `.pts` file. */
export function formatPts(points: readonly Point[]): string {
  const lines = points.map(({ x, y }) => `${(x + FIRST_PIXEL).toFixed(3)} ${(y + FIRST_PIXEL).toFixed(3)}`);
  return ['version: 1', `n_points: ${points.length}`, '{', ...lines, '}', ''].join('\n');
}

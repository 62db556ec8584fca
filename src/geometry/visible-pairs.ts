import { InvalidArgumentError } from '../errors.js';
import type { Point } from './point.js';

/** Two lists of points that correspond by index. */
export interface PointPairs {
  from: Point[];
  to: Point[];
}

/**
 * The pairs of points that are visible (not NaN) in both sets.
 *
 * @param needed The least number of pairs.
 * @param remedy What to do about fewer: the end of the error's message.
 * @throws InvalidArgumentError for sets of different lengths, an infinite coordinate, or fewer pairs than needed.
 */
export function visiblePairs(from: readonly Point[], to: readonly Point[], needed: number, remedy: string): PointPairs {
  if (from.length !== to.length) {
    throw new InvalidArgumentError(
      `${from.length} points cannot be aligned to ${to.length}: both sets must be the same points in the same order. ` +
        'convertLandmarks makes 5 points of 68 or 19.',
    );
  }
  const pairs: PointPairs = { from: [], to: [] };
  from.forEach((point, index) => {
    const other = to[index]!;
    if (!isVisible(point, index) || !isVisible(other, index)) return;
    pairs.from.push(point);
    pairs.to.push(other);
  });
  if (pairs.from.length < needed) {
    throw new InvalidArgumentError(
      `${pairs.from.length} of ${from.length} points are visible in both sets, and ${needed} are needed: ${remedy}`,
    );
  }
  return pairs;
}

function isVisible({ x, y }: Point, index: number): boolean {
  if (Number.isNaN(x) || Number.isNaN(y)) return false;
  if (Number.isFinite(x) && Number.isFinite(y)) return true;
  throw new InvalidArgumentError(
    `Point ${index} is (${x}, ${y}): coordinates must be finite numbers, or NaN for a point that is not visible.`,
  );
}

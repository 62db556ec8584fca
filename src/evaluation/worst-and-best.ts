import { InvalidArgumentError } from '../errors.js';

/**
 * The faces that a predictor does worst and best on. A failure, whose error is infinite or NaN, is worse than any
 * error and never among the best. Equal faces stay in the order given, and no face is in both lists: of few each gets
 * half.
 *
 * @param records One for each face.
 * @param count How many of each at most, 24 by default: what a page shows at a glance.
 * @returns The worst from the worst on, the best from the best on.
 * @throws InvalidArgumentError when `count` is not a whole number from 0.
 * @example
 * ```ts
 * const { worst, best } = worstAndBest(faces, 24);
 * ```
 */
export function worstAndBest<FaceRecord extends { error: number }>(
  records: readonly FaceRecord[],
  count = 24,
): { worst: FaceRecord[]; best: FaceRecord[] } {
  if (!(Number.isInteger(count) && count >= 0)) {
    throw new InvalidArgumentError(`count must be a whole number from 0, not ${count}.`);
  }
  const found = records.filter(({ error }) => Number.isFinite(error)).sort((a, b) => a.error - b.error);
  const failures = records.filter(({ error }) => !Number.isFinite(error));
  const best = found.slice(0, Math.min(count, Math.floor(records.length / 2)));
  // Sorted again: reversing the list would reverse equal faces too.
  const others = found.slice(best.length).sort((a, b) => b.error - a.error);
  return { worst: [...failures, ...others].slice(0, Math.min(count, Math.ceil(records.length / 2))), best };
}

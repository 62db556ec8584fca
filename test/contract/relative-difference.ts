import { largestDifference } from '../support/numbers.js';

/** The largest difference of two lists of numbers, in the largest number expected. */
export function relativeDifference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  return largestDifference(found, expected) / largestDifference(expected, new Float64Array(expected.length));
}

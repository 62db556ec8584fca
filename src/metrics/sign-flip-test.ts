import type { Random } from '../random.js';
import { assertWholeNumber } from './validate.js';

const PERMUTATIONS = 9999;
/** Up to this many differences, all sign flips (4096) are fewer than the random ones. */
const ALL_FLIPS = 12;
/** Signs per random number. */
const BITS = 30;
/** Sums of the same terms in another order differ by rounding, and count as equal. */
const ROUNDING = 1e-12;

/**
 * Two-sided p-value of the sign-flip test of a sum: the share of sign flips of its terms that bring the sum at least as
 * far from 0. All flips when at most 12 terms are not 0, else random ones; the given signs count as one of them, so
 * that no p-value is 0.
 *
 * @throws InvalidArgumentError unless `permutations` is a whole number from 1.
 */
export function signFlipTest(terms: readonly number[], random: Random, permutations: number = PERMUTATIONS): number {
  assertWholeNumber(permutations, 'Permutations', PERMUTATIONS);
  // A term of 0 is the same either way.
  const free = terms.filter((term) => term !== 0);
  const magnitude = free.reduce((sum, term) => sum + Math.abs(term), 0);
  const observed = Math.abs(free.reduce((sum, term) => sum + term, 0)) - ROUNDING * magnitude;
  const exact = free.length <= ALL_FLIPS;
  const tried = exact ? 2 ** free.length : permutations;
  let asFar = 0;
  for (let permutation = 0; permutation < tried; permutation++) {
    const nextSigns = exact ? () => permutation : () => random.integer(0, 2 ** BITS - 1);
    if (Math.abs(flippedSum(free, nextSigns)) >= observed) asFar += 1;
  }
  return exact ? asFar / tried : (asFar + 1) / (tried + 1);
}

function flippedSum(terms: readonly number[], nextSigns: () => number): number {
  let sum = 0;
  let signs = 0;
  for (let i = 0; i < terms.length; i++) {
    signs = i % BITS === 0 ? nextSigns() : signs >> 1;
    sum += signs & 1 ? terms[i]! : -terms[i]!;
  }
  return sum;
}

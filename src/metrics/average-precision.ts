import { InvalidArgumentError } from '../errors.js';

/**
 * Average precision of one probe as TinyFace's evaluation code computes it (after Market-1501's and Oxford Buildings'):
 * the area under the precision-recall curve by trapezoids, from precision 1 at recall 0. The `j`-th mate, at rank `r`,
 * adds `((j - 1) / (r - 1) + j / r) / 2`, and 1 if it is at rank 1; the sum is divided by the number of mates.
 *
 * It is at most the textbook's mean of `j / r`, and much lower where no mate is first: a single mate at rank 2 gives
 * 0.25 instead of 0.5.
 *
 * @param mateRanks Ranks of all mates of a probe, from 1, rising.
 * @returns Over 0, at most 1.
 * @throws InvalidArgumentError without ranks, or when they are not whole numbers that rise from 1 or more.
 */
export function averagePrecision(mateRanks: readonly number[]): number {
  if (mateRanks.length === 0) throw new InvalidArgumentError('Average precision needs the rank of at least one mate.');
  let sum = 0;
  mateRanks.forEach((rank, found) => {
    if (!(Number.isInteger(rank) && rank > (mateRanks[found - 1] ?? 0))) {
      throw new InvalidArgumentError(`Rank ${rank} at position ${found}: ranks must be whole numbers from 1, rising.`);
    }
    const before = rank === 1 ? 1 : found / (rank - 1);
    sum += (before + (found + 1) / rank) / 2;
  });
  return sum / mateRanks.length;
}

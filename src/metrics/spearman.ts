import { InvalidArgumentError } from '../errors.js';
import { ascending } from './quantile.js';
import { assertSameLength } from './validate.js';

/**
 * Spearman's rank correlation: Pearson's correlation of the ranks, equal values sharing their mean rank. 1 when both
 * lists rise together, -1 when one falls as the other rises (as errors should with scores), 0 when they are unrelated.
 *
 * @returns NaN, undefined, when one list is constant.
 * @throws InvalidArgumentError when the lengths differ, there are fewer than two values, or one is NaN.
 */
export function spearmanCorrelation(first: readonly number[], second: readonly number[]): number {
  assertSameLength(first, second, 'Values to correlate');
  if (first.length < 2) {
    throw new InvalidArgumentError(`A correlation needs at least two pairs of values; got ${first.length}.`);
  }
  if ([...first, ...second].some(Number.isNaN)) {
    throw new InvalidArgumentError('A rank correlation cannot order NaN: leave those pairs out.');
  }
  return pearson(ranks(first), ranks(second));
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => ascending(values[a]!, values[b]!));
  const result = new Array<number>(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end += 1;
    for (let position = start; position < end; position += 1) result[order[position]!] = (start + end - 1) / 2;
    start = end;
  }
  return result;
}

function pearson(first: readonly number[], second: readonly number[]): number {
  // Ranks of n values always sum to n (n - 1) / 2, ties or not.
  const mean = (first.length - 1) / 2;
  let [covariance, firstVariance, secondVariance] = [0, 0, 0];
  first.forEach((value, index) => {
    const [a, b] = [value - mean, second[index]! - mean];
    covariance += a * b;
    firstVariance += a * a;
    secondVariance += b * b;
  });
  return covariance / Math.sqrt(firstVariance * secondVariance);
}

import { InvalidArgumentError } from '../errors.js';
import type { Random } from '../random.js';
import { ascending, quantile } from './quantile.js';
import { assertSameLength, assertWholeNumber } from './validate.js';

/** Options of {@link bootstrapInterval}. */
export interface BootstrapOptions {
  /** Seeded, so that the interval is reproducible: `new Random(7)`. */
  random: Random;
  /** Number of samples drawn, 2000 by default: each end of a 95 % interval then rests on 50 samples. */
  resamples?: number;
  /** How often such intervals contain the true value, over 0 and under 1: 0.95 by default. */
  confidence?: number;
  /**
   * The group of each value, such as the person of a probe. Values of a group are not independent, so groups are drawn
   * whole: with two probes per person, an interval that ignores it is too narrow by up to `sqrt(2)`.
   */
  groups?: readonly (string | number)[];
}

/** A statistic of a sample, and the range in which the true value plausibly lies. */
export interface Interval {
  /** The statistic of the values themselves. */
  estimate: number;
  low: number;
  high: number;
}

const RESAMPLES = 2000;
const CONFIDENCE = 0.95;

/**
 * Percentile bootstrap interval (Efron 1979) of any statistic of faces: it is computed on samples of as many faces
 * drawn with replacement, and the interval spans the middle 95 % of the results.
 *
 * @param values One per face: errors, hits of 0 and 1, average precisions, or whatever the statistic takes. A metric of
 *   two lists, such as a difference of medians, takes pairs.
 * @param statistic For example `(errors) => areaUnderCurve(errors, 0.08)`.
 * @returns `low` and `high` are NaN for a single value or group, which says nothing about others.
 * @throws InvalidArgumentError without values, when `groups` has another length, the statistic is NaN, or an option is
 *   out of range.
 * @example
 * const auc = bootstrapInterval(errors, (sample) => areaUnderCurve(sample, 0.08), { random: new Random(7) });
 * `${auc.estimate} (${auc.low} to ${auc.high})`;
 */
export function bootstrapInterval<Value>(
  values: readonly Value[],
  statistic: (values: readonly Value[]) => number,
  { random, resamples = RESAMPLES, confidence = CONFIDENCE, groups }: BootstrapOptions,
): Interval {
  if (values.length === 0) throw new InvalidArgumentError('An interval needs at least one value; got none.');
  assertWholeNumber(resamples, 'Resamples', RESAMPLES);
  if (!(confidence > 0 && confidence < 1)) {
    throw new InvalidArgumentError(`Confidence ${confidence} must lie between 0 and 1, for example ${CONFIDENCE}.`);
  }
  const members = membersOf(values, groups);
  const estimate = numberOf(statistic(values));
  if (members.length === 1) return { estimate, low: Number.NaN, high: Number.NaN };
  const found = Array.from({ length: resamples }, () => {
    const sample: Value[] = [];
    for (let drawn = 0; drawn < members.length; drawn++) {
      for (const value of members[random.integer(0, members.length - 1)]!) sample.push(value);
    }
    return numberOf(statistic(sample));
  }).sort(ascending);
  const tail = (1 - confidence) / 2;
  return { estimate, low: quantile(found, tail), high: quantile(found, 1 - tail) };
}

/** The values of each group, in the order in which groups first appear; each value by itself without groups. */
export function membersOf<Value>(values: readonly Value[], groups?: readonly (string | number)[]): Value[][] {
  if (!groups) return values.map((value) => [value]);
  assertSameLength(values, groups, 'Values and their groups');
  const members = new Map(groups.map((group) => [group, [] as Value[]]));
  values.forEach((value, index) => void members.get(groups[index]!)!.push(value));
  return [...members.values()];
}

function numberOf(result: number): number {
  if (Number.isNaN(result)) {
    throw new InvalidArgumentError('The statistic is NaN for a sample: it must be a number for equal values, too.');
  }
  return result;
}

import { InvalidArgumentError } from '../errors.js';
import type { Random } from '../random.js';
import { ascending, quantile } from './quantile.js';
import { assertSameLength } from './validate.js';

/** How an interval is found. */
export interface BootstrapOptions {
  /** Seeded, so that the interval can be had again: `new Random(7)`. */
  random: Random;
  /** How many samples are drawn, 2000 unless given: the ends of a 95 % interval then rest on 50 samples each. */
  resamples?: number;
  /** How often such intervals hold the true value, over 0 and under 1. 0.95 unless given. */
  confidence?: number;
  /**
   * What each value belongs to, the person of a probe for example. Values of one group are not independent, so groups are drawn whole: with
   * two probes of each person an interval that ignores it is too narrow by up to `sqrt(2)`.
   */
  groups?: readonly (string | number)[];
}

/** A number measured on a sample, and where the true one plausibly lies. */
export interface Interval {
  /** The statistic of the values themselves. */
  estimate: number;
  low: number;
  high: number;
}

const RESAMPLES = 2000;
const CONFIDENCE = 0.95;

/**
 * Percentile bootstrap interval (Efron 1979) of any statistic of faces: it is computed on samples of as many faces drawn from these with
 * replacement, and the interval is what the middle 95 % of them span.
 *
 * @param values One per face: errors, hits of 0 and 1, average precisions, or whatever the statistic takes. A metric of two lists, say
 * a difference of medians, takes pairs.
 * @param statistic For example `(errors) => areaUnderCurve(errors, 0.08)`. It is called once more than there are resamples.
 * @returns `low` and `high` are NaN with a single value, or a single group: one face tells nothing of others.
 * @throws InvalidArgumentError without values, when `groups` has another length, when the statistic is NaN, or when an option is out of range.
 * @example
 * ```ts
 * const auc = bootstrapInterval(errors, (sample) => areaUnderCurve(sample, 0.08), { random: new Random(7) });
 * `${auc.estimate} (${auc.low} to ${auc.high})`;
 * ```
 */
export function bootstrapInterval<Value>(
  values: readonly Value[],
  statistic: (values: readonly Value[]) => number,
  { random, resamples = RESAMPLES, confidence = CONFIDENCE, groups }: BootstrapOptions,
): Interval {
  if (values.length === 0) throw new InvalidArgumentError('An interval needs at least one value; got none.');
  if (!(Number.isInteger(resamples) && resamples >= 1)) {
    throw new InvalidArgumentError(`Resamples ${resamples} must be a whole number from 1, for example ${RESAMPLES}.`);
  }
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

/** The values of each group, groups in the order in which they first appear; each value by itself without groups. */
export function membersOf<Value>(values: readonly Value[], groups?: readonly (string | number)[]): Value[][] {
  if (!groups) return values.map((value) => [value]);
  assertSameLength(values, groups, 'Values and their groups');
  const members = new Map<string | number, Value[]>();
  values.forEach((value, index) => {
    const group = members.get(groups[index]!);
    if (group) group.push(value);
    else members.set(groups[index]!, [value]);
  });
  return [...members.values()];
}

function numberOf(result: number): number {
  if (Number.isNaN(result)) {
    throw new InvalidArgumentError(
      'The statistic of a sample is NaN: give one that is a number for every sample, also of equal values or of failures alone.',
    );
  }
  return result;
}

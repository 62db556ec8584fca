import { InvalidArgumentError } from '../errors.js';
import { mean } from '../geometry/sums.js';
import { ascending } from './quantile.js';
import { assertErrors, assertThreshold } from './validate.js';

/** Mean over faces and its spread, both in percent of the face's size. */
export interface Nrmse {
  mean: number;
  /** Population standard deviation over faces. */
  std: number;
}

/**
 * NRMSE as in the paper's Tables 1-4: 100 times the mean error of the faces, and its standard deviation. (Despite the
 * name, nothing is squared.)
 *
 * @param errors One {@link faceError} per face. An infinite one makes both infinite: {@link summarizeFaceErrors}
 *   reports failures separately.
 * @throws InvalidArgumentError without errors, or when one is NaN or negative.
 */
export function nrmse(errors: readonly number[]): Nrmse {
  assertErrors(errors);
  const average = mean(errors);
  // Deviations would be infinity minus infinity.
  if (average === Number.POSITIVE_INFINITY) return { mean: average, std: average };
  const variance = mean(errors.map((error) => (error - average) ** 2));
  return { mean: 100 * average, std: 100 * Math.sqrt(variance) };
}

/**
 * AUC@t, the paper's auc@0.07 and auc@0.08 (Table 2): the area under the cumulative error curve up to the threshold, in
 * percent of the area possible. Exact: `100 * mean(max(0, 1 - error / threshold))`.
 *
 * @param errors One {@link faceError} per face. An infinite one, a failure, adds nothing.
 * @throws InvalidArgumentError without errors, when one is NaN or negative, or when the threshold is not positive.
 * @example
 * areaUnderCurve([0.02, 0.04, 0.2], 0.08); // 41.67: (0.75 + 0.5 + 0) / 3
 */
export function areaUnderCurve(errors: readonly number[], threshold: number): number {
  assertErrors(errors);
  assertThreshold(threshold);
  const sum = errors.reduce((total, error) => total + Math.max(0, 1 - error / threshold), 0);
  return (100 * sum) / errors.length;
}

/**
 * Percentage of faces whose error is over the threshold.
 *
 * @param errors One {@link faceError} per face.
 * @throws InvalidArgumentError without errors, when one is NaN or negative, or when the threshold is not positive.
 */
export function failureRate(errors: readonly number[], threshold: number): number {
  assertErrors(errors);
  assertThreshold(threshold);
  return (100 * errors.filter((error) => error > threshold).length) / errors.length;
}

/** A point of the cumulative error curve. */
export interface CumulativeError {
  threshold: number;
  /** Share of faces (0-1) whose error is below the threshold. */
  share: number;
}

/**
 * The cumulative error distribution (CED): the share of faces with an error below each of `samples` thresholds, evenly
 * spaced from 0 to `maxThreshold` inclusive.
 *
 * @param errors One {@link faceError} per face.
 * @throws InvalidArgumentError without errors, when one is NaN or negative, the threshold is not positive, or samples
 *   are fewer than two.
 */
export function cumulativeErrorCurve(
  errors: readonly number[],
  maxThreshold: number,
  samples = 101,
): CumulativeError[] {
  assertErrors(errors);
  assertThreshold(maxThreshold);
  if (!(Number.isInteger(samples) && samples >= 2)) {
    throw new InvalidArgumentError(`A curve needs a whole number of samples from 2; got ${samples}.`);
  }
  const sorted = [...errors].sort(ascending);
  let below = 0;
  return Array.from({ length: samples }, (_, index) => {
    const threshold = (index / (samples - 1)) * maxThreshold;
    while (below < sorted.length && sorted[below]! < threshold) below += 1;
    return { threshold, share: below / sorted.length };
  });
}

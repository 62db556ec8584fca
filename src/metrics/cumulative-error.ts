import { InvalidArgumentError } from '../errors.js';
import { assertErrors, assertThreshold } from './validate.js';

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
  const sorted = [...errors].sort((a, b) => a - b);
  let below = 0;
  return Array.from({ length: samples }, (_, index) => {
    const threshold = (index / (samples - 1)) * maxThreshold;
    while (below < sorted.length && sorted[below]! < threshold) below += 1;
    return { threshold, share: below / sorted.length };
  });
}

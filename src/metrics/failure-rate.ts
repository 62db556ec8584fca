import { assertErrors, assertThreshold } from './validate.js';

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

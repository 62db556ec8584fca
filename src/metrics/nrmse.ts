import { assertErrors } from './validate.js';

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
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  // Deviations would be infinity minus infinity.
  if (mean === Number.POSITIVE_INFINITY) return { mean, std: mean };
  const variance = errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / errors.length;
  return { mean: 100 * mean, std: 100 * Math.sqrt(variance) };
}

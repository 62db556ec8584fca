import { assertErrors } from './validate.js';

/** A mean over faces and how far the faces spread around it, both in percent of the face's size. */
export interface Nrmse {
  mean: number;
  /** Population standard deviation over faces. */
  std: number;
}

/**
 * NRMSE as in the paper's Tables 1-4: 100 times the mean of the faces' errors, with their standard deviation. (The R and S of its
 * name are historical: nothing is squared.)
 *
 * @param errors One {@link faceError} per face. An infinite one makes both infinite: {@link summarizeFaceErrors} reports failures apart.
 * @throws InvalidArgumentError without errors, or when one is NaN or negative.
 */
export function nrmse(errors: readonly number[]): Nrmse {
  assertErrors(errors);
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  // Around an infinite mean the deviations are infinity minus infinity.
  if (mean === Number.POSITIVE_INFINITY) return { mean, std: mean };
  const variance = errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / errors.length;
  return { mean: 100 * mean, std: 100 * Math.sqrt(variance) };
}

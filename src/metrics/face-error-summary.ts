import { areaUnderCurve, failureRate, type Nrmse, nrmse } from './error-statistics.js';
import { ascending, quantile } from './quantile.js';
import { assertErrors } from './validate.js';

/** A detector's results on a set of faces, as in a row of a table. All but the counts in percent. */
export interface FaceErrorSummary {
  /** Number of faces, failures included. */
  faces: number;
  /** Number of failures: no face found, or a visible point left out (an infinite error). */
  failed: number;
  /**
   * Mean error of the faces without failure and its standard deviation, NaN if there are none. Read it with `failed`.
   */
  nrmse: Nrmse;
  /** Median error of all faces: infinite when half of them failed. */
  median: number;
  /** Area under the cumulative error curve to 0.07, of all faces: a failure adds nothing. */
  auc007: number;
  /** To 0.08. */
  auc008: number;
  /** To 0.10. */
  auc010: number;
  /** Share of all faces with an error over 0.08, every failure among them. */
  failureRate008: number;
  /** Over 0.10. */
  failureRate010: number;
}

/**
 * Summarises the errors of faces so that failures cannot improve the result: a mean that includes an infinite error is
 * useless, and one without it hides the failure. So NRMSE, of the faces without failure, comes with the number of
 * failures, and median, AUC and failure rates count every face.
 *
 * @param errors One {@link faceError} per face, infinity for a failure.
 * @throws InvalidArgumentError without errors, or when one is NaN or negative.
 * @example
 * summarizeFaceErrors([0.02, 0.04, Number.POSITIVE_INFINITY]);
 * // { faces: 3, failed: 1, nrmse: { mean: 3, std: 1 }, median: 4, auc008: 41.67, failureRate008: 33.33, ... }
 */
export function summarizeFaceErrors(errors: readonly number[]): FaceErrorSummary {
  assertErrors(errors);
  const found = errors.filter(Number.isFinite);
  return {
    faces: errors.length,
    failed: errors.length - found.length,
    nrmse: found.length > 0 ? nrmse(found) : { mean: Number.NaN, std: Number.NaN },
    median: 100 * quantile([...errors].sort(ascending), 0.5),
    auc007: areaUnderCurve(errors, 0.07),
    auc008: areaUnderCurve(errors, 0.08),
    auc010: areaUnderCurve(errors, 0.1),
    failureRate008: failureRate(errors, 0.08),
    failureRate010: failureRate(errors, 0.1),
  };
}

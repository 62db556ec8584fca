import { areaUnderCurve } from './auc.js';
import { failureRate } from './failure-rate.js';
import { type Nrmse, nrmse } from './nrmse.js';
import { ascending, quantile } from './quantile.js';
import { assertErrors } from './validate.js';

/** What a table tells of a detector on a set of faces. All but the counts in percent. */
export interface FaceErrorSummary {
  /** How many faces there are, failures included. */
  faces: number;
  /** On how many of them the detector failed: found no face, or left out a visible point (an infinite error). */
  failed: number;
  /** Mean error of the faces on which it did not fail, and their standard deviation; NaN when it failed on all. Read it with `failed`. */
  nrmse: Nrmse;
  /** The median error of all faces: infinite when it failed on half of them. */
  median: number;
  /** Area under the cumulative error curve to 0.07, of all faces: a failure adds nothing to it. */
  auc007: number;
  /** To 0.08. */
  auc008: number;
  /** To 0.10. */
  auc010: number;
  /** Share of all faces with an error over 0.08: every failure is one. */
  failureRate008: number;
  /** Over 0.10. */
  failureRate010: number;
}

/**
 * Sums up errors of faces so that a detector that fails on some cannot look better for it. A mean with an infinite error in it says
 * nothing, and one without hides the failure: NRMSE is that of the faces found and stands beside the number of those that were not; the
 * median, AUC and failure rates count every face.
 *
 * @param errors One {@link faceError} per face, infinity for a face on which the detector failed.
 * @throws InvalidArgumentError without errors, or when one is NaN or negative.
 * @example
 * ```ts
 * summarizeFaceErrors([0.02, 0.04, Number.POSITIVE_INFINITY]);
 * // { faces: 3, failed: 1, nrmse: { mean: 3, std: 1 }, median: 4, auc008: 41.67, failureRate008: 33.33, ... }
 * ```
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

import { assertErrors, assertThreshold } from './validate.js';

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

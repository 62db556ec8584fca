import { cumulativeErrorCurve } from '../../src/metrics/error-statistics.js';

const SAMPLES = 2000;

/** AUC@t of common evaluation scripts: linspace(0, t, 2000), the share strictly below each, by the trapezoid rule. */
export function sampledAreaUnderCurve(errors: readonly number[], threshold: number): number {
  const shares = cumulativeErrorCurve(errors, threshold, SAMPLES).map(({ share }) => share);
  const ends = (shares[0]! + shares[SAMPLES - 1]!) / 2;
  return (100 * shares.slice(1, -1).reduce((total, share) => total + share, ends)) / (SAMPLES - 1);
}

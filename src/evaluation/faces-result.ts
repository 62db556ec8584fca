import { mean } from '../geometry/sums.js';
import { bootstrapInterval, type Interval } from '../metrics/bootstrap-interval.js';
import { areaUnderCurve } from '../metrics/error-statistics.js';
import { type FaceErrorSummary, summarizeFaceErrors } from '../metrics/face-error-summary.js';
import { comparePaired, type PairedComparison } from '../metrics/paired-comparison.js';
import { Random } from '../random.js';

/**
 * The error of a face as a share of a normalizer: infinite for a lost face, undefined for one whose annotation cannot
 * be measured so.
 */
export type ErrorOfFace = number | undefined;

/** Some faces summed up, with 95 % bootstrap intervals in which faces of one group are drawn together. */
export interface FacesResult {
  summary: FaceErrorSummary;
  /** Of the mean error of the faces that were not lost, as a share of the normalizer; undefined when all were. */
  meanError: Interval | undefined;
  /** Of AUC@0.08 over all faces, in percent. */
  auc008: Interval;
}

const AUC_THRESHOLD = 0.08;

/**
 * Sums up some faces of a set.
 *
 * @param errors Of all faces of the set.
 * @param groups Of all faces: their people or photographs.
 * @param faces Which faces to sum up, as indices.
 * @param seed Of the bootstrap.
 * @returns Undefined when none of the faces can be measured.
 */
export function summarizeFaces(
  errors: readonly ErrorOfFace[],
  groups: readonly string[],
  faces: readonly number[],
  seed: number,
): FacesResult | undefined {
  const measured = faces.filter((face) => errors[face] !== undefined);
  if (measured.length === 0) return undefined;
  const found = measured.filter((face) => Number.isFinite(errors[face]));
  const errorsOf = (some: readonly number[]) => some.map((face) => errors[face]!);
  const interval = (some: readonly number[], statistic: (errors: readonly number[]) => number) =>
    bootstrapInterval(errorsOf(some), statistic, {
      random: new Random(seed),
      groups: some.map((face) => groups[face]!),
    });
  return {
    summary: summarizeFaceErrors(errorsOf(measured)),
    meanError: found.length === 0 ? undefined : interval(found, mean),
    auc008: interval(measured, (sample) => areaUnderCurve(sample, AUC_THRESHOLD)),
  };
}

/** A predictor's errors against the reference's, on the faces that can be measured. */
export function compareFaces(
  ours: readonly ErrorOfFace[],
  theirs: readonly ErrorOfFace[],
  groups: readonly string[],
  seed: number,
): PairedComparison {
  const both = ours.flatMap((_, face) => (ours[face] === undefined || theirs[face] === undefined ? [] : [face]));
  return comparePaired(
    both.map((face) => ours[face]!),
    both.map((face) => theirs[face]!),
    { random: new Random(seed), groups: both.map((face) => groups[face]!) },
  );
}

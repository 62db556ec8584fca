import { InvalidArgumentError } from '../errors.js';

/** Samples as rows of equally many numbers. */
export type FeatureRows = readonly (readonly number[])[];

/** @throws InvalidArgumentError unless there are two rows or more, equally long and finite. */
export function assertFeatureRows(rows: FeatureRows): void {
  if (rows.length < 2) throw new InvalidArgumentError(`Statistics need at least 2 samples, got ${rows.length}.`);
  rows.forEach((row, index) => {
    if (row.length !== rows[0]!.length) {
      throw new InvalidArgumentError(`Sample ${index} has ${row.length} features, sample 0 has ${rows[0]!.length}.`);
    }
    const broken = row.findIndex((value) => !Number.isFinite(value));
    if (broken >= 0) throw new InvalidArgumentError(`Feature ${broken} of sample ${index} is ${row[broken]}.`);
  });
}

/** Checks two sets of samples; throws as {@link assertFeatureRows}, and when their numbers of features differ. */
export function assertSameFeatures(first: FeatureRows, second: FeatureRows): void {
  assertFeatureRows(first);
  assertFeatureRows(second);
  if (first[0]!.length !== second[0]!.length) {
    throw new InvalidArgumentError(`The sets have ${first[0]!.length} and ${second[0]!.length} features.`);
  }
}

/** The mean of each feature. */
export function featureMeans(rows: FeatureRows): number[] {
  return rows[0]!.map((_, feature) => rows.reduce((sum, row) => sum + row[feature]!, 0) / rows.length);
}

/** The unbiased covariance of the features. */
export function featureCovariance(rows: FeatureRows): number[][] {
  const means = featureMeans(rows);
  const centred = rows.map((row) => row.map((value, feature) => value - means[feature]!));
  return means.map((_, i) =>
    means.map((_, j) => centred.reduce((sum, row) => sum + row[i]! * row[j]!, 0) / (rows.length - 1)),
  );
}

/** A spread below this share of the largest value is rounding. */
const ROUNDING = 1e-12;

/**
 * Rows in units of a reference's spread: each feature minus the reference's mean, divided by its standard deviation.
 * Features that are constant in the reference are only centred.
 *
 * @throws InvalidArgumentError when the reference has fewer than two samples or values that are not finite, or a row
 *   has another number of features.
 */
export function standardize(rows: FeatureRows, reference: FeatureRows): number[][] {
  assertFeatureRows(reference);
  const size = reference[0]!.length;
  const other = rows.findIndex((row) => row.length !== size);
  if (other >= 0) {
    throw new InvalidArgumentError(`Sample ${other} has ${rows[other]!.length} features, the reference has ${size}.`);
  }
  const means = featureMeans(reference);
  const deviations = means.map((mean, feature) => {
    const squares = reference.reduce((sum, row) => sum + (row[feature]! - mean) ** 2, 0);
    const deviation = Math.sqrt(squares / (reference.length - 1));
    const largest = reference.reduce((most, row) => Math.max(most, Math.abs(row[feature]!)), 0);
    return deviation > ROUNDING * largest ? deviation : 1;
  });
  return rows.map((row) => row.map((value, feature) => (value - means[feature]!) / deviations[feature]!));
}

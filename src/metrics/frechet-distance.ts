import { assertSameFeatures, type FeatureRows, featureCovariance, featureMeans } from './feature-statistics.js';
import { symmetricEigen } from './symmetric-eigen.js';

/**
 * The Fréchet distance of two sets of features, each modelled as a normal distribution (as in FID): `|m1 - m2|^2 +
 * tr(C1 + C2 - 2 (C1 C2)^(1/2))`, in squared units of the features; 0 for the same distribution. Few samples bias it
 * upwards, so compare sets of the same sizes.
 *
 * @throws InvalidArgumentError when a set has fewer than two samples, or features that are not finite or not equally
 *   many.
 */
export function frechetDistance(first: FeatureRows, second: FeatureRows): number {
  assertSameFeatures(first, second);
  const [means1, means2] = [featureMeans(first), featureMeans(second)];
  const [covariance1, covariance2] = [featureCovariance(first), featureCovariance(second)];
  const between = means1.reduce((sum, mean, i) => sum + (mean - means2[i]!) ** 2, 0);
  // (C1 C2)^(1/2) has the trace of (C1^(1/2) C2 C1^(1/2))^(1/2), which is symmetric.
  const root = squareRoot(covariance1);
  const { values } = symmetricEigen(product(product(root, covariance2), root));
  const overlap = values.reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0);
  return Math.max(0, between + trace(covariance1) + trace(covariance2) - 2 * overlap);
}

function squareRoot(matrix: readonly number[][]): number[][] {
  const { values, vectors } = symmetricEigen(matrix);
  const roots = values.map((value) => Math.sqrt(Math.max(0, value)));
  return matrix.map((_, i) =>
    matrix.map((_, j) => roots.reduce((sum, root, k) => sum + root * vectors[k]![i]! * vectors[k]![j]!, 0)),
  );
}

function product(a: readonly number[][], b: readonly number[][]): number[][] {
  return a.map((row) => b[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)));
}

function trace(matrix: readonly number[][]): number {
  return matrix.reduce((sum, row, i) => sum + row[i]!, 0);
}

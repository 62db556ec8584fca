import { InvalidArgumentError } from '../errors.js';
import { dot } from '../geometry/sums.js';
import type { Random } from '../random.js';
import { assertSameFeatures, type FeatureRows, standardize } from './feature-statistics.js';

/** How well a classifier distinguishes two sets. */
export interface TwoSampleTest {
  /**
   * Share of held-out samples classified correctly: 0.5 when the sets are indistinguishable, 1 when always
   * distinguished.
   */
  accuracy: number;
  /** Of the accuracy, if the sets were the same: `sqrt(0.25 / samples)`. */
  standardError: number;
  /**
   * Area under the ROC curve, averaged over folds: how often a held-out sample of the second set scores higher than one
   * of the first, ties counting half. 0.5 when the sets are indistinguishable; finer than the accuracy, since it needs
   * no threshold.
   */
  auc: number;
}

const FOLDS = 5;
/** Strength of the quadratic penalty on the weights, per sample: enough to keep separable sets finite. */
const PENALTY = 0.01;
const NEWTON_STEPS = 12;

/**
 * A classifier two-sample test (Lopez-Paz and Oquab 2017): logistic regression learns to distinguish two sets of
 * features and is tested on held-out samples (five-fold cross-validation). The larger set is cut to the size of the
 * smaller.
 *
 * @param random Chooses the samples and the folds.
 * @throws InvalidArgumentError when a set has fewer than ten samples, or features that are not finite or not equally
 *   many.
 */
export function classifierTwoSampleTest(first: FeatureRows, second: FeatureRows, random: Random): TwoSampleTest {
  const count = Math.min(first.length, second.length);
  if (count < 2 * FOLDS) {
    throw new InvalidArgumentError(`A two-sample test needs at least ${2 * FOLDS} samples of each set, got ${count}.`);
  }
  assertSameFeatures(first, second);
  const sets = [first, second].map((rows) => random.shuffle(rows).slice(0, count));
  // Each fold holds out equally many of both sets.
  const samples = sets.flatMap((rows, label) => rows.map((row, index) => ({ row, label, fold: index % FOLDS })));
  let [right, area] = [0, 0];
  for (let fold = 0; fold < FOLDS; fold++) {
    const training = samples.filter((sample) => sample.fold !== fold);
    const heldOut = samples.filter((sample) => sample.fold === fold);
    const reference = training.map(({ row }) => row);
    const standardized = (rows: FeatureRows) => standardize(rows, reference).map((row) => [...row, 1]);
    const labels = training.map(({ label }) => label);
    const weights = fitLogisticRegression(standardized(reference), labels);
    const scores = standardized(heldOut.map(({ row }) => row)).map((row) => dot(row, weights));
    right += scores.filter((score, index) => score > 0 === (heldOut[index]!.label === 1)).length;
    const ofSet = (label: number) => scores.filter((_, index) => heldOut[index]!.label === label);
    area += rankArea(ofSet(0), ofSet(1));
  }
  const standardError = Math.sqrt(0.25 / samples.length);
  return { accuracy: right / samples.length, standardError, auc: area / FOLDS };
}

/** Share of pairs in which the second score is higher: Mann and Whitney's U over the number of pairs. */
function rankArea(lower: readonly number[], higher: readonly number[]): number {
  let won = 0;
  for (const score of higher) {
    for (const other of lower) won += score > other ? 1 : score === other ? 0.5 : 0;
  }
  return won / (lower.length * higher.length);
}

/**
 * Logistic regression by Newton's method: minimises the mean log loss plus half the penalty times the squared weights,
 * all but the last (the intercept).
 */
export function fitLogisticRegression(rows: FeatureRows, labels: readonly number[], penalty = PENALTY): number[] {
  const size = rows[0]!.length;
  let weights = new Array<number>(size).fill(0);
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const gradient = weights.map((weight, i) => (i === size - 1 ? 0 : penalty * weight));
    const hessian = weights.map((_, i) => weights.map((_, j) => (i === j ? (i === size - 1 ? 1e-9 : penalty) : 0)));
    rows.forEach((row, index) => {
      const probability = 1 / (1 + Math.exp(-dot(row, weights)));
      const error = (probability - labels[index]!) / rows.length;
      const curvature = (probability * (1 - probability)) / rows.length;
      for (let i = 0; i < size; i++) {
        gradient[i]! += error * row[i]!;
        for (let j = 0; j < size; j++) hessian[i]![j]! += curvature * row[i]! * row[j]!;
      }
    });
    const change = solve(hessian, gradient);
    weights = weights.map((weight, i) => weight - change[i]!);
  }
  return weights;
}

/** Solves `matrix x = right` for a symmetric positive definite matrix, by Gaussian elimination (no pivots needed). */
function solve(matrix: readonly number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const size = rows.length;
  for (let i = 0; i < size; i++) {
    for (let k = i + 1; k < size; k++) {
      const factor = rows[k]![i]! / rows[i]![i]!;
      for (let j = i; j <= size; j++) rows[k]![j]! -= factor * rows[i]![j]!;
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let i = size - 1; i >= 0; i--) {
    const known = solution.reduce((sum, value, j) => (j > i ? sum + rows[i]![j]! * value : sum), 0);
    solution[i] = (rows[i]![size]! - known) / rows[i]![i]!;
  }
  return solution;
}

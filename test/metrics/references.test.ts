import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import type { Point } from '../../src/geometry/point.js';
import { classifierTwoSampleTest } from '../../src/metrics/classifier-two-sample-test.js';
import { degradationFeatures } from '../../src/metrics/degradation-features.js';
import { standardize } from '../../src/metrics/feature-statistics.js';
import { fitShapeModel, plausibility } from '../../src/metrics/shape-model.js';
import { Random } from '../../src/random.js';
import { GivenOrder } from '../support/scripted-random.js';
import references from './numpy/references.json' with { type: 'json' };

const toPoints = (rows: number[][]): Point[] => rows.map(([x, y]) => ({ x: x!, y: y! }));
const asGiven = new GivenOrder();

describe('degradationFeatures', () => {
  it("are numpy's, each of them", () => {
    const { size, data, values } = references.features;
    const features = degradationFeatures({ data: Float32Array.from(data), width: size, height: size });
    expect(features).toHaveLength(values.length);
    for (const [i, value] of features.entries()) expect(value).toBeCloseTo(values[i]!, 9);
  });
});

describe('the shape model', () => {
  const shapes = references.shapes.shapes.map(toPoints);
  const model = fitShapeModel(shapes);

  it("has the modes and variances of numpy's singular values", () => {
    expect(model.variances).toHaveLength(references.shapes.variances.length);
    for (const [k, variance] of model.variances.entries()) {
      expect(variance).toBeCloseTo(references.shapes.variances[k]!, 8);
    }
  });

  it('has numpy’s distances and residuals', () => {
    for (const [i, asked] of references.shapes.asked.entries()) {
      const { mahalanobis, residual } = plausibility(model, toPoints(asked));
      expect(mahalanobis).toBeCloseTo(references.shapes.judged[i]![0]!, 4);
      expect(residual).toBeCloseTo(references.shapes.judged[i]![1]!, 5);
    }
  });

  it('refuses shapes that differ in position, rotation and scale only', () => {
    const larger = shapes[0]!.map(({ x, y }) => ({ x: 2 * x + 1.1, y: 2 * y - 3.3 }));
    expect(() => fitShapeModel([shapes[0]!, shapes[0]!, larger])).toThrow(InvalidArgumentError);
    expect(() => fitShapeModel([shapes[0]!, larger])).toThrow(/differ in position, rotation and scale only/);
  });
});

describe('classifierTwoSampleTest', () => {
  it("has the accuracy and AUC of PyTorch's classifiers on the same folds", () => {
    const { first, second, accuracy, auc } = references.twoSample;
    const result = classifierTwoSampleTest(first, second, asGiven);
    expect(result.accuracy).toBeCloseTo(accuracy, 12);
    expect(result.auc).toBeCloseTo(auc, 12);
  });

  it('has accuracy 0.5 for constant features', () => {
    const rows = Array.from({ length: 12 }, () => [0.1, 3]);
    expect(classifierTwoSampleTest(rows, rows, asGiven)).toMatchObject({ accuracy: 0.5, auc: 0.5 });
  });

  it('refuses NaN and another number of features, whatever the order of samples', () => {
    const rows = Array.from({ length: 12 }, (_, i) => [i, 3]);
    const broken = rows.map((row, i) => (i === 7 ? [Number.NaN, 3] : row));
    expect(() => classifierTwoSampleTest(rows, broken, new Random(5))).toThrow(/Feature 0 of sample 7 is NaN/);
    expect(() => classifierTwoSampleTest(rows, broken.slice(8).concat(rows.map(() => [1])), asGiven)).toThrow(
      InvalidArgumentError,
    );
    const narrow = rows.map(([value]) => [value!]);
    expect(() => classifierTwoSampleTest(rows, narrow, asGiven)).toThrow(/2 and 1 features/);
  });
});

describe('standardize', () => {
  it('does not divide by a spread that is rounding', () => {
    // The mean of three times 0.1 is not 0.1 in floating point.
    expect(standardize([[0.2]], [[0.1], [0.1], [0.1]])[0]![0]).toBeCloseTo(0.1, 12);
    expect(standardize([[1e6 + 1]], [[1e6], [1e6 + 1e-10], [1e6]])[0]![0]).toBeCloseTo(1, 6);
  });

  it('divides by a spread that is small but real', () => {
    const rows = [[1e-12], [3e-12]];
    expect(standardize(rows, rows)[1]![0]).toBeCloseTo(Math.SQRT1_2, 9);
  });

  it('refuses rows of another length than the reference', () => {
    expect(() => standardize([[1, 2]], [[1], [2]])).toThrow(/Sample 0 has 2 features, the reference has 1/);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { classifierTwoSampleTest, fitLogisticRegression } from '../../src/metrics/classifier-two-sample-test.js';
import { standardize } from '../../src/metrics/feature-statistics.js';
import { frechetDistance } from '../../src/metrics/frechet-distance.js';
import { symmetricEigen } from '../../src/metrics/symmetric-eigen.js';
import { Random } from '../../src/random.js';
import fixture from './numpy/statistics.json' with { type: 'json' };

/** Normal samples of two features around a mean. */
function normalRows(count: number, seed: number, mean = 0): number[][] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => [random.normal(mean, 1), random.normal(0, 2)]);
}

describe('symmetricEigen', () => {
  it("has numpy's eigenvalues, and their eigenvectors", () => {
    const { matrix, values } = fixture.eigen;
    const eigen = symmetricEigen(matrix);
    eigen.values.forEach((value, k) => {
      expect(value).toBeCloseTo(values[k]!, 10);
      matrix.forEach((row, i) => {
        const product = row.reduce((sum, entry, j) => sum + entry * eigen.vectors[k]![j]!, 0);
        expect(product).toBeCloseTo(value * eigen.vectors[k]![i]!, 10);
      });
    });
  });

  it('accepts a diagonal matrix and a zero matrix', () => {
    expect(
      symmetricEigen([
        [2, 0],
        [0, 3],
      ]).values,
    ).toEqual([3, 2]);
    expect(
      symmetricEigen([
        [0, 0],
        [0, 0],
      ]).values,
    ).toEqual([0, 0]);
  });
});

describe('frechetDistance', () => {
  it("is numpy's", () => {
    const { first, second, distance } = fixture.frechet;
    expect(frechetDistance(first, second)).toBeCloseTo(distance, 8);
  });

  it('is the squared distance of the means when nothing else differs', () => {
    const rows = normalRows(50, 1);
    const moved = rows.map(([x, y]) => [x! + 3, y! - 4]);
    expect(frechetDistance(rows, moved)).toBeCloseTo(25, 8);
  });

  it('is symmetric, never negative, and 0 for a set and itself', () => {
    const sets = fc.array(fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 3, maxLength: 3 }), {
      minLength: 2,
      maxLength: 12,
    });
    fc.assert(
      fc.property(sets, sets, (first, second) => {
        const there = frechetDistance(first, second);
        expect(there).toBeGreaterThanOrEqual(0);
        expect(frechetDistance(second, first)).toBeCloseTo(there, 4);
        expect(frechetDistance(first, first)).toBeCloseTo(0, 4);
      }),
    );
  });

  it('refuses sets without a covariance', () => {
    expect(() => frechetDistance([[1]], [[1], [2]])).toThrow(InvalidArgumentError);
    expect(() => frechetDistance([[1], [Number.NaN]], [[1], [2]])).toThrow(/Feature 0 of sample 1 is NaN/);
    expect(() =>
      frechetDistance(
        [[1], [2]],
        [
          [1, 2],
          [2, 3],
        ],
      ),
    ).toThrow(/1 and 2 features/);
    expect(() => frechetDistance([[1], [2, 3]], [[1], [2]])).toThrow(/Sample 1 has 2 features/);
  });
});

describe('standardize', () => {
  it('gives a set mean 0 and deviation 1 by its own reference, worked by hand', () => {
    const rows = [
      [1, 5],
      [3, 5],
    ];
    const [first, second] = standardize(rows, rows) as [number[], number[]];
    expect(first[0]).toBeCloseTo(-Math.SQRT1_2, 12);
    expect(second[0]).toBeCloseTo(Math.SQRT1_2, 12);
    expect([first[1], second[1]]).toEqual([0, 0]);
  });
});

describe('classifierTwoSampleTest', () => {
  it("fits PyTorch's weights", () => {
    const { rows, labels, weights } = fixture.logistic;
    const fitted = fitLogisticRegression(rows, labels, 0.01);
    for (const [i, weight] of fitted.entries()) expect(weight).toBeCloseTo(weights[i]!, 7);
  });

  it('is right half the time about two samples of one distribution', () => {
    const accuracies = [1, 2, 3, 4].map((seed) => {
      return classifierTwoSampleTest(normalRows(150, seed), normalRows(150, seed + 10), new Random(seed)).accuracy;
    });
    const mean = accuracies.reduce((sum, value) => sum + value, 0) / accuracies.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.05);
  });

  it('has the accuracy of the best possible classifier for shifted distributions', () => {
    // Normals at distance 2: the best is right with probability Phi(1) = 0.8413.
    const { accuracy, standardError } = classifierTwoSampleTest(
      normalRows(600, 1),
      normalRows(500, 2, 2),
      new Random(3),
    );
    expect(Math.abs(accuracy - 0.8413)).toBeLessThan(0.03);
    expect(standardError).toBeCloseTo(Math.sqrt(0.25 / 1000), 12);
  });

  it('stays finite for separable sets', () => {
    expect(classifierTwoSampleTest(normalRows(20, 1), normalRows(20, 2, 500), new Random(1)).accuracy).toBe(1);
  });

  it('refuses too few samples', () => {
    expect(() => classifierTwoSampleTest(normalRows(9, 1), normalRows(50, 2), new Random(1))).toThrow(/at least 10/);
  });
});

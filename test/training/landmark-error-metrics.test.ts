import { describe, expect, it } from 'vitest';
import type { Point } from '../../src/geometry/point.js';
import { landmarkErrorMetrics } from '../../src/training/landmark-error-metrics.js';

const HIDDEN = { x: Number.NaN, y: Number.NaN };
/** Four corners of 100 x 25: the box's size is sqrt(100 * 25) = 50. */
const points: Point[] = [
  { x: 0, y: 0 },
  { x: 100, y: 0 },
  { x: 0, y: 25 },
  { x: 100, y: 25 },
];
const moved = (distances: readonly number[]) => points.map(({ x, y }, i) => ({ x: x + distances[i]!, y }));

describe('landmarkErrorMetrics', () => {
  it('gives the numbers worked out by hand', () => {
    // Mean distances 1 and 5 over a size of 50: errors 0.02 and 0.10.
    const faces = [
      { points, predicted: moved([1, 1, 1, 1]) },
      { points, predicted: moved([0, 10, 4, 6]) },
    ];
    const { nrmse, nrmseStd, auc008 } = landmarkErrorMetrics(faces);
    expect(nrmse).toBeCloseTo(6, 10);
    expect(nrmseStd).toBeCloseTo(4, 10);
    // 1 - 0.02 / 0.08 = 0.75 for the first, nothing for the second.
    expect(auc008).toBeCloseTo(37.5, 10);
  });

  it('leaves out invisible points, and faces with fewer than three visible ones', () => {
    const partly = { points: [...points.slice(0, 3), HIDDEN], predicted: moved([2, 2, 2, 1000]) };
    const hardly = { points: [points[0]!, points[3]!, HIDDEN, HIDDEN], predicted: moved([9, 9, 9, 9]) };
    expect(landmarkErrorMetrics([partly, hardly]).nrmse).toBeCloseTo(4, 10);
  });

  it('is empty without faces', () => {
    expect(landmarkErrorMetrics([])).toEqual({});
    expect(landmarkErrorMetrics([{ points: [HIDDEN, HIDDEN, HIDDEN], predicted: points.slice(0, 3) }])).toEqual({});
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { FACE_SIZE_RANGES, groupBySize, summarizeBySize } from '../../src/metrics/face-sizes.js';

describe('groupBySize', () => {
  it('puts a face on a boundary in the upper range, and others in outside', () => {
    const { ranges, outside } = groupBySize([16, 12, 15.99, 40, 39.99, 11.99, 20], FACE_SIZE_RANGES);
    expect(ranges.map(({ low, high, faces }) => [low, high, faces])).toEqual([
      [12, 16, [1, 2]],
      [16, 20, [0]],
      [20, 26, [6]],
      [26, 40, [4]],
    ]);
    expect(outside).toEqual([3, 5]);
  });

  it('counts every face exactly once, whatever the sizes', () => {
    const sizes = fc.array(fc.double({ min: 0.1, max: 80, noNaN: true }));
    fc.assert(
      fc.property(sizes, (all) => {
        const { ranges, outside } = groupBySize(all);
        const faces = [...ranges.flatMap((range) => range.faces), ...outside];
        expect(faces.sort((a, b) => a - b)).toEqual(all.map((_, face) => face));
      }),
    );
  });

  it('accepts ranges with gaps, in any order, open at the top', () => {
    const ranges = [
      { low: 30, high: Number.POSITIVE_INFINITY },
      { low: 0, high: 10 },
    ];
    expect(groupBySize([1e6, 5, 20], ranges)).toEqual({
      ranges: [
        { ...ranges[0], faces: [0] },
        { ...ranges[1], faces: [1] },
      ],
      outside: [2],
    });
  });

  it('refuses sizes that are not positive, empty ranges and overlapping ranges', () => {
    for (const size of [0, -3, Number.NaN]) {
      expect(() => groupBySize([15, size])).toThrow(`Size ${size} of face 1`);
    }
    expect(() => groupBySize([15], [{ low: 20, high: 20 }])).toThrow('Sizes from 20 to 20 are an empty range');
    expect(() => groupBySize([15], [{ low: Number.NaN, high: 20 }])).toThrow(InvalidArgumentError);
    const overlapping = [
      { low: 16, high: 20 },
      { low: 12, high: 17 },
    ];
    expect(() => groupBySize([15], overlapping)).toThrow(/from 12 to 17 and from 16 to 20 overlap/);
  });
});

describe('summarizeBySize', () => {
  it('summarises each range, with undefined for empty ones, and the faces outside', () => {
    const { ranges, outside } = summarizeBySize([0.02, Number.POSITIVE_INFINITY, 0.04, 0.5], [12, 13, 30, 50]);
    expect(ranges.map(({ low, summary }) => [low, summary?.faces, summary?.failed])).toEqual([
      [12, 2, 1],
      [16, undefined, undefined],
      [20, undefined, undefined],
      [26, 1, 0],
    ]);
    expect(ranges[0]!.summary!.nrmse.mean).toBeCloseTo(2, 12);
    expect(outside).toMatchObject({ faces: 1, nrmse: { mean: 50, std: 0 } });
    expect(summarizeBySize([0.1], [12]).outside).toBeUndefined();
  });

  it('refuses another number of sizes than errors', () => {
    expect(() => summarizeBySize([0.1], [])).toThrow('Errors and sizes must be equally many; got 1 and 0');
  });
});

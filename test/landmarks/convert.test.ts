import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import type { Point } from '../../src/geometry/point.js';
import { convertLandmarks, convertScores } from '../../src/landmarks/convert.js';
import { flipLandmarks } from '../../src/landmarks/flip.js';
import type { SchemeName } from '../../src/landmarks/schemes.js';

const conversions: [SchemeName, SchemeName][] = [
  [68, 19],
  [68, 5],
  [19, 5],
];

function facePoints(points: SchemeName) {
  const coordinate = fc.double({ min: -100, max: 100, noNaN: true });
  return fc.array(fc.record({ x: coordinate, y: coordinate }), { minLength: points, maxLength: points });
}

function expectClose(actual: Point[], expected: Point[]) {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((point, index) => {
    expect(point.x).toBeCloseTo(expected[index]!.x, 9);
    expect(point.y).toBeCloseTo(expected[index]!.y, 9);
  });
}

/** Point i at (i, i²): a mean of several shows in y. */
const parabola = (points: number) => Array.from({ length: points }, (_, i) => ({ x: i, y: i * i }));

describe('convertLandmarks, worked by hand', () => {
  it('68 to 5: eye centres, nose tip, mouth corners', () => {
    const expected = [
      { x: 38.5, y: (36 ** 2 + 37 ** 2 + 38 ** 2 + 39 ** 2 + 40 ** 2 + 41 ** 2) / 6 },
      { x: 44.5, y: (42 ** 2 + 43 ** 2 + 44 ** 2 + 45 ** 2 + 46 ** 2 + 47 ** 2) / 6 },
      { x: 30, y: 900 },
      { x: 48, y: 2304 },
      { x: 54, y: 2916 },
    ];
    expectClose(convertLandmarks(parabola(68), 68, 5), expected);
  });
  it('68 to 19', () => {
    const x = [17, 19, 21, 22, 24, 26, 36, 38.5, 39, 42, 44.5, 45, 31, 30, 35, 48, 64, 54, 8];
    expect(convertLandmarks(parabola(68), 68, 19).map((point) => point.x)).toEqual(x);
    expect(convertLandmarks(parabola(68), 68, 19)[16]!.y).toBe((62 ** 2 + 66 ** 2) / 2);
  });
  it('19 to 5', () => {
    expect(convertLandmarks(parabola(19), 19, 5).map((point) => point.x)).toEqual([7, 10, 13, 15, 17]);
  });
});

describe('convertLandmarks', () => {
  it('converts 68 to 5 directly as via 19', () => {
    fc.assert(
      fc.property(facePoints(68), (points) => {
        expectClose(convertLandmarks(convertLandmarks(points, 68, 19), 19, 5), convertLandmarks(points, 68, 5));
      }),
    );
  });

  it.each(conversions)('%i to %i commutes with mirroring', (from, to) => {
    fc.assert(
      fc.property(facePoints(from), fc.integer({ min: 1, max: 4000 }), (points, width) => {
        const flippedFirst = convertLandmarks(flipLandmarks(points, from, width), from, to);
        expectClose(flippedFirst, flipLandmarks(convertLandmarks(points, from, to), to, width));
      }),
    );
  });

  it('makes exactly the points with an invisible source invisible', () => {
    const points = parabola(68);
    points[40] = { x: Number.NaN, y: Number.NaN };
    const invisible = convertLandmarks(points, 68, 19).flatMap(({ x, y }, i) =>
      Number.isNaN(x) && Number.isNaN(y) ? [i] : [],
    );
    expect(invisible).toEqual([7]);
  });

  it('copies when the schemes are the same', () => {
    const points = parabola(19);
    const copy = convertLandmarks(points, 19, 19);
    expect(copy).toEqual(points);
    copy[0]!.x = 99;
    expect(points[0]!.x).toBe(0);
  });

  it('refuses finer schemes, and points of another scheme', () => {
    expect(() => convertLandmarks(parabola(5), 5, 68)).toThrow(InvalidArgumentError);
    expect(() => convertLandmarks(parabola(5), 5, 68)).toThrow('Cannot convert 5 points to 68');
    expect(() => convertLandmarks(parabola(21), 19, 5)).toThrow('Got 21 points');
  });
});

describe('convertScores', () => {
  it('averages the scores of each point’s sources', () => {
    const scores = Array.from({ length: 68 }, (_, index) => index / 100);
    [0.385, 0.445, 0.3, 0.48, 0.54].forEach((expected, index) => {
      expect(convertScores(scores, 68, 5)[index]).toBeCloseTo(expected, 12);
    });
    expect(() => convertScores([1, 1], 68, 5)).toThrow(InvalidArgumentError);
  });
});

describe('flipLandmarks', () => {
  it('maps x to width - 1 - x and swaps left and right', () => {
    const points = [
      { x: 2, y: 1 },
      { x: 7, y: 2 },
      { x: 4, y: 3 },
      { x: 3, y: 4 },
      { x: 6, y: 5 },
    ];
    expect(flipLandmarks(points, 5, 10)).toEqual([
      { x: 2, y: 2 },
      { x: 7, y: 1 },
      { x: 5, y: 3 },
      { x: 3, y: 5 },
      { x: 6, y: 4 },
    ]);
  });

  it.each<SchemeName>([68, 19, 5])('of %i points is its own inverse', (scheme) => {
    fc.assert(
      fc.property(facePoints(scheme), fc.integer({ min: 1, max: 4000 }), (points, width) => {
        expectClose(flipLandmarks(flipLandmarks(points, scheme, width), scheme, width), points);
      }),
    );
  });

  it('refuses another number of points', () => {
    expect(() => flipLandmarks(parabola(68), 5, 10)).toThrow(InvalidArgumentError);
  });
});

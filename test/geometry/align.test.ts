import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { type Affine, composeAffine, invertAffine, similarityAbout } from '../../src/geometry/affine.js';
import { alignAffine } from '../../src/geometry/align-affine.js';
import { alignSimilarity } from '../../src/geometry/align-similarity.js';
import type { Point } from '../../src/geometry/point.js';
import { affineMaps, facePoints, misfit, moved, real, similarities } from '../support/faces/arbitrary-faces.js';
import { largestDifference } from '../support/numbers.js';
import fixture from './skimage/alignments.json' with { type: 'json' };

const toPoints = (rows: number[][]): Point[] => rows.map(([x, y]) => ({ x: x!, y: y! }));
const hidden = { x: Number.NaN, y: Number.NaN };
const face = toPoints([
  [12, 14],
  [28, 14],
  [20, 22],
  [14, 31],
  [26, 31],
]);
const alignments = [
  ['alignAffine', alignAffine],
  ['alignSimilarity', alignSimilarity],
] as const;

describe('alignAffine and alignSimilarity', () => {
  it.each(fixture.map((entry, index) => [index, entry] as const))(
    'agree with numpy and scikit-image to 1e-6 in case %i',
    (_, entry) => {
      const [from, to] = [toPoints(entry.from), toPoints(entry.to)];
      expect(largestDifference(alignAffine(from, to), entry.affine)).toBeLessThan(1e-6);
      expect(largestDifference(alignSimilarity(from, to), entry.similarity)).toBeLessThan(1e-6);
    },
  );
});

describe('alignAffine', () => {
  it('recovers any affine map exactly, including mirroring ones', () => {
    fc.assert(
      fc.property(facePoints, affineMaps, fc.boolean(), (points, map, mirrored) => {
        const known = mirrored ? composeAffine([-1, 0, 0, 0, 1, 0], map) : map;
        expect(largestDifference(alignAffine(points, moved(points, known)), known)).toBeLessThan(1e-8);
      }),
    );
  });

  it('is the inverse of aligning the other way round, when the points fit exactly', () => {
    fc.assert(
      fc.property(facePoints, affineMaps, (points, map) => {
        const other = moved(points, map);
        const both = composeAffine(alignAffine(points, other), alignAffine(other, points));
        expect(largestDifference(both, [1, 0, 0, 0, 1, 0])).toBeLessThan(1e-7);
      }),
    );
  });

  it('fits better than every map nearby', () => {
    const nudge = fc.array(real(-0.05, 0.05), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(facePoints, facePoints, nudge, (from, to, by) => {
        const best = alignAffine(from, to);
        const other = best.map((value, index) => value + by[index]!) as unknown as Affine;
        expect(misfit(from, to, best)).toBeLessThanOrEqual(misfit(from, to, other) + 1e-9);
      }),
    );
  });

  it('compensates for any affine map of the points', () => {
    fc.assert(
      fc.property(facePoints, facePoints, affineMaps, (from, to, map) => {
        const direct = alignAffine(from, to);
        const byDetour = composeAffine(map, alignAffine(moved(from, map), to));
        expect(largestDifference(byDetour, direct)).toBeLessThan(1e-6);
      }),
    );
  });

  it.each([1e-6, 1e6])('accepts and refuses points by shape, not size: at %d pixels', (scale) => {
    const tiny = face.map(({ x, y }) => ({ x: x * scale, y: y * scale }));
    expect(
      largestDifference(
        moved(tiny, alignAffine(tiny, face)).map(({ x }) => x),
        face.map(({ x }) => x),
      ),
    ).toBeLessThan(1e-6);
    const flat = tiny.map(({ x, y }) => ({ x, y: 2 * x + y * 1e-4 }));
    expect(() => alignAffine(flat, face)).toThrow('lie on a line');
  });

  it('refuses points on a line in any direction, even rounded to single precision', () => {
    fc.assert(
      fc.property(real(-Math.PI, Math.PI), real(0, 4000), real(0, 4000), real(5, 500), (angle, x, y, length) => {
        const line = [0, 0.3, 0.5, 0.8, 1].map((t) => ({
          x: Math.fround(x + t * length * Math.cos(angle)),
          y: Math.fround(y + t * length * Math.sin(angle)),
        }));
        expect(() => alignAffine(line, face)).toThrow(InvalidArgumentError);
        expect(() => alignAffine(face, line)).toThrow('to align to lie on a line');
      }),
    );
  });

  it('accepts a face turned so far that it is a twentieth as wide as high', () => {
    const profile = face.map(({ x, y }) => ({ x: x / 20, y }));
    expect(largestDifference(alignAffine(profile, face), [20, 0, 0, 0, 1, 0])).toBeLessThan(1e-9);
  });

  it('refuses too few visible points and says how many it needs', () => {
    const two = face.map((point, index) => (index < 2 ? point : hidden));
    expect(() => alignAffine(two, face)).toThrow('2 of 5 points are visible in both sets, and 3 are needed');
    expect(() => alignAffine([], [])).toThrow('0 of 0 points');
  });
});

describe('alignSimilarity', () => {
  it('recovers any rotation, scale and shift exactly, even from two points', () => {
    fc.assert(
      fc.property(facePoints, similarities, (points, map) => {
        const two = points.slice(0, 2);
        expect(largestDifference(alignSimilarity(points, moved(points, map)), map)).toBeLessThan(1e-9);
        expect(largestDifference(alignSimilarity(two, moved(two, map)), map)).toBeLessThan(1e-9);
      }),
    );
  });

  it('keeps angles and never mirrors, whatever the points', () => {
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 });
    fc.assert(
      fc.property(facePoints, facePoints, order, (from, points, shuffled) => {
        const mirrored = from.map(({ x, y }) => ({ x: 39 - x, y }));
        for (const target of [shuffled.map((index) => points[index]!), mirrored]) {
          const [a, b, , d, e] = alignSimilarity(from, target);
          expect([b, a]).toEqual([-d, e]);
          expect(a * e - b * d).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('follows rotations and shifts of either set of points', () => {
    fc.assert(
      fc.property(facePoints, facePoints, similarities, (from, to, map) => {
        const direct = alignSimilarity(from, to);
        expect(largestDifference(composeAffine(map, alignSimilarity(moved(from, map), to)), direct)).toBeLessThan(1e-7);
        expect(largestDifference(alignSimilarity(from, moved(to, map)), composeAffine(direct, map))).toBeLessThan(1e-7);
      }),
    );
  });

  it('fits better than every rotation and scale nearby, though never better than the affine map', () => {
    fc.assert(
      fc.property(facePoints, facePoints, real(-2, 2), real(0.9, 1.1), (from, to, degrees, scale) => {
        const best = alignSimilarity(from, to);
        const other = composeAffine(best, similarityAbout({ x: 20, y: 20 }, degrees, scale, { x: 20.1, y: 20 }));
        expect(misfit(from, to, best)).toBeLessThanOrEqual(misfit(from, to, other) + 1e-9);
        expect(misfit(from, to, alignAffine(from, to))).toBeLessThanOrEqual(misfit(from, to, best) + 1e-9);
      }),
    );
  });

  it('accepts points on a line', () => {
    const line = [0, 1, 2].map((x) => ({ x, y: 3 }));
    const upright = [0, 1, 2].map((y) => ({ x: 7, y: 2 * y }));
    expect(largestDifference(alignSimilarity(line, upright), [0, -2, 13, 2, 0, 0])).toBeLessThan(1e-12);
  });

  it('refuses a square and its mirror image, for which no rotation is best', () => {
    const square = toPoints([
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ]);
    const mirrored = square.map(({ x, y }) => ({ x: 1 - x, y }));
    expect(() => alignSimilarity(square, mirrored)).toThrow('are they mirrored');
  });

  it('refuses too few visible points and says how many it needs', () => {
    expect(() => alignSimilarity([face[0]!, hidden], face.slice(0, 2))).toThrow('1 of 2 points are visible');
  });
});

describe.each(alignments)('%s', (_, align) => {
  it('ignores pairs in which either point is invisible', () => {
    const from = [...face, hidden, { x: 900, y: -3 }, { x: Number.NaN, y: 4 }];
    const to = [...face.map(({ x, y }) => ({ x: 2 * x + y, y: 3 * y })), { x: 5, y: 5 }, hidden, { x: 1, y: 2 }];
    expect(align(from, to)).toEqual(align(face, to.slice(0, 5)));
  });

  it('refuses sets of different lengths', () => {
    expect(() => align(face, face.slice(1))).toThrow(InvalidArgumentError);
    expect(() => align(face, face.slice(1))).toThrow('5 points cannot be aligned to 4');
  });

  it('refuses infinite and non-numeric coordinates, naming the point', () => {
    const broken = face.with(3, { x: Number.POSITIVE_INFINITY, y: 2 });
    expect(() => align(broken, face)).toThrow('Point 3 is (Infinity, 2)');
    expect(() => align(face, face.with(1, [28, 14] as never))).toThrow('Point 1 is (undefined, undefined)');
  });

  it('refuses points that all coincide, even when their mean is rounded', () => {
    const same = face.map(() => ({ x: 0.1, y: 33.3 }));
    expect(() => align(same, face)).toThrow(InvalidArgumentError);
    expect(() => align(same, face)).toThrow(/All 5 visible points lie at \(0\.1\d*, 33\.3/);
    expect(() => align(face, same)).toThrow('at least two different points');
  });

  it('has an inverse', () => {
    fc.assert(
      fc.property(facePoints, similarities, (points, map) => {
        const found = align(points, moved(points, map));
        expect(largestDifference(composeAffine(found, invertAffine(found)), [1, 0, 0, 0, 1, 0])).toBeLessThan(1e-7);
      }),
    );
  });
});

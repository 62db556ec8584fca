import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertLandmarks } from '../../src/landmarks/convert.js';
import { flipLandmarks } from '../../src/landmarks/flip.js';
import { meanShape, placeShape } from '../../src/landmarks/mean-shape.js';
import { isVisible, markInvisible } from '../../src/landmarks/visibility.js';

const invisible = { x: Number.NaN, y: Number.NaN };
const box = { x: 0, y: 0, width: 10, height: 10 };

describe('markInvisible', () => {
  it('replaces (-1, -1), and nothing else, by NaN', () => {
    const kept = [
      { x: -1, y: 4 },
      { x: 4, y: -1 },
      { x: -1.5, y: -1 },
      { x: 0, y: 0 },
      { x: -2, y: -2 },
    ];
    expect(markInvisible([{ x: -1, y: -1 }, ...kept])).toEqual([invisible, ...kept]);
  });

  it('does not change its argument, and may be applied twice', () => {
    const points = [{ x: -1, y: -1 }];
    const marked = markInvisible(points);
    expect(points).toEqual([{ x: -1, y: -1 }]);
    expect(markInvisible(marked)).toEqual(marked);
  });
});

describe('isVisible', () => {
  it('is false when either coordinate is NaN', () => {
    expect([{ x: 1, y: -1 }, { x: Number.NaN, y: 1 }, { x: 1, y: Number.NaN }, invisible].map(isVisible)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('an invisible point', () => {
  it('stays invisible when flipped, at the other side', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 18 }), (hidden) => {
        const points = Array.from({ length: 19 }, (_, i) => (i === hidden ? invisible : { x: i, y: i }));
        const flipped = flipLandmarks(points, 19, 32);
        expect(flipped.filter((point) => !isVisible(point))).toHaveLength(1);
        expect(flipLandmarks(flipped, 19, 32)).toEqual(points);
      }),
    );
  });

  it('hides points of a coarser scheme that derive from it', () => {
    const points = Array.from({ length: 68 }, (_, i) => ({ x: i, y: i }));
    points[45] = invisible;
    const visible = convertLandmarks(points, 68, 5).map(isVisible);
    expect(visible).toEqual([true, false, true, true, true]);
  });

  it('does not count in a mean shape, which is NaN for it when no face shows it', () => {
    const shape = meanShape([
      { points: [{ x: 1, y: 1 }, invisible, invisible], box },
      { points: [{ x: 3, y: 3 }, { x: 4, y: 5 }, invisible], box },
    ]);
    expect(placeShape(shape, box).map(({ x, y }) => [x, y].map((v) => Math.round(v * 1e9) / 1e9))).toEqual([
      [2, 2],
      [4, 5],
      [Number.NaN, Number.NaN],
    ]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { meanShape, placeShape } from '../../src/landmarks/mean-shape.js';

const invisible = { x: Number.NaN, y: Number.NaN };

describe('meanShape', () => {
  it('averages in box coordinates, whose origin is half a pixel before the first pixel centre', () => {
    const shape = meanShape([
      { points: [{ x: -0.5, y: 9.5 }], box: { x: 0, y: 0, width: 10, height: 10 } },
      { points: [{ x: 109.5, y: 204.5 }], box: { x: 100, y: 200, width: 20, height: 10 } },
    ]);
    expect(shape).toEqual([{ x: 0.25, y: 0.75 }]);
  });

  it('ignores invisible points, and is NaN for one that no face shows', () => {
    const box = { x: 0, y: 0, width: 2, height: 2 };
    const shape = meanShape([
      { points: [{ x: 0.5, y: 0.5 }, invisible], box },
      { points: [invisible, invisible], box },
    ]);
    expect(shape).toEqual([{ x: 0.5, y: 0.5 }, invisible]);
  });

  it('refuses an empty list, and samples of different schemes', () => {
    const box = { x: 0, y: 0, width: 2, height: 2 };
    expect(() => meanShape([])).toThrow(InvalidArgumentError);
    expect(() =>
      meanShape([
        { points: [invisible], box },
        { points: [], box },
      ]),
    ).toThrow('got 1 and 0 points');
  });
});

describe('placeShape', () => {
  it('inverts meanShape of one face', () => {
    const number = fc.double({ min: -500, max: 500, noNaN: true });
    const size = fc.double({ min: 1, max: 500, noNaN: true });
    fc.assert(
      fc.property(number, number, number, number, size, size, (x, y, left, top, width, height) => {
        const box = { x: left, y: top, width, height };
        const [point] = placeShape(meanShape([{ points: [{ x, y }], box }]), box);
        expect(point!.x).toBeCloseTo(x, 6);
        expect(point!.y).toBeCloseTo(y, 6);
      }),
    );
  });
});

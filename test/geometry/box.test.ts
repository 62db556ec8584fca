import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidBoxError } from '../../src/errors.js';
import { assertBox, boundingBox } from '../../src/geometry/box.js';

describe('boundingBox', () => {
  it('spans pixel centres, in pixel-edge coordinates', () => {
    const points = [
      { x: 3, y: 8 },
      { x: 7, y: 5 },
      { x: 4, y: 6 },
    ];
    expect(boundingBox(points)).toEqual({ x: 3.5, y: 5.5, width: 4, height: 3 });
  });

  it('leaves out points that are not visible', () => {
    const points = [
      { x: Number.NaN, y: Number.NaN },
      { x: 0, y: 0 },
      { x: Number.NaN, y: 99 },
      { x: 2, y: 1 },
    ];
    expect(boundingBox(points)).toEqual({ x: 0.5, y: 0.5, width: 2, height: 1 });
  });

  it('moves and grows with its points', () => {
    const coordinate = fc.double({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(coordinate, coordinate, fc.double({ min: 0.1, max: 9, noNaN: true }), (dx, dy, scale) => {
        const points = [
          { x: 1, y: 2 },
          { x: 4, y: 7 },
        ];
        const moved = boundingBox(points.map(({ x, y }) => ({ x: x * scale + dx, y: y * scale + dy })));
        expect(moved.width).toBeCloseTo(3 * scale, 9);
        expect(moved.height).toBeCloseTo(5 * scale, 9);
        expect(moved.x).toBeCloseTo(scale + dx + 0.5, 9);
      }),
    );
  });

  it.each([
    ['no points', []],
    ['one point', [{ x: 1, y: 1 }]],
    [
      'points on a vertical line',
      [
        { x: 1, y: 1 },
        { x: 1, y: 4 },
      ],
    ],
    ['invisible points only', [{ x: Number.NaN, y: Number.NaN }]],
  ])('refuses %s', (_, points) => {
    expect(() => boundingBox(points)).toThrow(InvalidBoxError);
  });
});

describe('assertBox', () => {
  const check = (x: number, y: number, width: number, height: number) => () =>
    assertBox({ x, y, width, height }, 100, 50);

  it.each([
    [0, 0, 100, 50],
    [-20, -20, 40, 40],
    [99.5, 49.5, 10, 10],
    [-300, -300, 800, 800],
    [10, 10, 2, 0.01],
  ])('accepts a box that touches the image: %s, %s, %s x %s', (x, y, width, height) => {
    expect(check(x, y, width, height)).not.toThrow();
  });

  it.each([
    [10, 10, -5, 5, 'empty or inverted'],
    [10, 10, 5, 0, 'empty or inverted'],
    [100, 0, 10, 10, 'outside the image of 100 x 50'],
    [0, 50, 10, 10, 'outside the image'],
    [-10, 0, 10, 10, 'outside the image'],
    [0, -10, 10, 10, 'outside the image'],
    [Number.NaN, 0, 10, 10, 'four finite numbers'],
    [0, 0, Number.POSITIVE_INFINITY, 10, 'four finite numbers'],
    [0.34, 0.15, 0.2, 0.22, 'multiply x and width by 100, y and height by 50'],
    [0, 0, 1e9, 1e9, 'more than 8 times larger'],
  ])('refuses %s, %s, %s x %s: %s', (x, y, width, height, why) => {
    expect(check(x, y, width, height)).toThrow(InvalidBoxError);
    expect(check(x, y, width, height)).toThrow(why);
    expect(check(x, y, width, height)).toThrow(`x: ${x}`);
  });

  it('refuses values that are not boxes', () => {
    expect(() => assertBox({ x: 0, y: 0, width: '5', height: 5 } as never, 9, 9)).toThrow(InvalidBoxError);
    expect(() => assertBox({ left: 0, top: 0, right: 5, bottom: 5 } as never, 9, 9)).toThrow('four finite numbers');
  });
});

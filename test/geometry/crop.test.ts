import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { cropAndResize, cropAround, pointFromCrop, pointToCrop } from '../../src/geometry/crop.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';
import { largestDifference, normalNumbers } from '../support/numbers.js';

const noise = (width: number, height: number): RgbImage => ({
  data: normalNumbers(width * height * 3, 1, 128, 40),
  width,
  height,
});

/** An image of one row or more whose red, green and blue are functions of the pixel. */
function drawn(width: number, height: number, colour: (x: number, y: number) => [number, number, number]): RgbImage {
  const data = new Float32Array(width * height * 3);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set(colour(x, y), (y * width + x) * 3);
  return { data, width, height };
}

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const crops = fc.record({ left: real(-50, 50), top: real(-50, 50), side: real(0.5, 200) });

describe('cropAround', () => {
  it('is a square around the same centre, wider than the longer side by the margin', () => {
    expect(cropAround({ x: 10, y: 20, width: 20, height: 40 })).toEqual({ left: -4, top: 16, side: 48 });
    expect(cropAround({ x: 10, y: 20, width: 40, height: 20 }, 1)).toEqual({ left: 10, top: 10, side: 40 });
  });
});

describe('pointToCrop and pointFromCrop', () => {
  it('are each other’s inverse', () => {
    fc.assert(
      fc.property(real(-99, 99), real(-99, 99), crops, fc.integer({ min: 1, max: 128 }), (x, y, crop, size) => {
        const there = pointToCrop({ x, y }, crop, size);
        const back = pointFromCrop(there, crop, size);
        expect(back.x).toBeCloseTo(x, 6);
        expect(back.y).toBeCloseTo(y, 6);
      }),
    );
  });

  it('map the crop’s edges to the outer edges of its pixels', () => {
    const crop = { left: 10, top: 20, side: 8 };
    // An edge is half a pixel from the nearest centre, on both sides.
    expect(pointToCrop({ x: 9.5, y: 19.5 }, crop, 32)).toEqual({ x: -0.5, y: -0.5 });
    expect(pointToCrop({ x: 17.5, y: 27.5 }, crop, 32)).toEqual({ x: 31.5, y: 31.5 });
    expect(pointFromCrop({ x: 15.5, y: 15.5 }, crop, 32)).toEqual({ x: 13.5, y: 23.5 });
  });

  it('keep invisible points invisible', () => {
    const hidden = { x: Number.NaN, y: Number.NaN };
    expect(pointToCrop(hidden, { left: 0, top: 0, side: 4 }, 8)).toEqual(hidden);
  });
});

describe('cropAndResize', () => {
  it('returns the image when the crop is the whole image, unscaled', () => {
    const image = noise(6, 6);
    const same = cropAndResize(image, { left: 0, top: 0, side: 6 }, 6);
    expect(largestDifference(same.data, image.data)).toBeLessThan(1e-4);
  });

  it('copies whole pixels exactly', () => {
    const image = drawn(8, 5, (x, y) => [x, y, 10 * x + y]);
    const { data } = cropAndResize(image, { left: 3, top: 1, side: 2 }, 2);
    expect([...data]).toEqual([3, 1, 31, 4, 1, 41, 3, 2, 32, 4, 2, 42]);
  });

  it('keeps a constant image constant, wherever and however large the crop is', () => {
    const image = drawn(7, 4, () => [200, 30, 90]);
    fc.assert(
      fc.property(crops, fc.integer({ min: 1, max: 12 }), (crop, size) => {
        const { data, width, height } = cropAndResize(image, crop, size);
        expect([width, height]).toEqual([size, size]);
        data.forEach((value, i) => {
          expect(Math.abs(value - [200, 30, 90][i % 3]!)).toBeLessThan(1e-3);
        });
      }),
    );
  });

  it('downsamples by 2 with the triangle filter 1/8, 3/8, 3/8, 1/8', () => {
    const rows = [10, 20, 60, 100, 30, 50];
    const image = drawn(6, 6, (x) => [rows[x]!, 0, 0]);
    const { data } = cropAndResize(image, { left: 0, top: 0, side: 6 }, 3);
    // Centres at 0.5, 2.5 and 4.5 of the source; outside the border pixel is repeated.
    const expected = [
      (10 + 3 * 10 + 3 * 20 + 60) / 8,
      (20 + 3 * 60 + 3 * 100 + 30) / 8,
      (100 + 3 * 30 + 3 * 50 + 50) / 8,
    ];
    for (let row = 0; row < 3; row++) {
      expected.forEach((value, x) => {
        expect(data[(row * 3 + x) * 3]).toBeCloseTo(value, 4);
      });
    }
  });

  it('filters rows and columns in the same way', () => {
    const image = noise(9, 9);
    const turned = drawn(9, 9, (x, y) => [0, 1, 2].map((c) => image.data[(x * 9 + y) * 3 + c]!) as never);
    const crop = { left: 0.7, top: 0.7, side: 7.3 };
    const [a, b] = [cropAndResize(image, crop, 4), cropAndResize(turned, crop, 4)];
    const back = drawn(4, 4, (x, y) => [0, 1, 2].map((c) => b.data[(x * 4 + y) * 3 + c]!) as never);
    expect(largestDifference(a.data, back.data)).toBeLessThan(1e-3);
  });

  it('enlarges bilinearly: a linear image stays linear', () => {
    const image = drawn(10, 10, (x, y) => [3 * x, 5 * y, x + 2 * y]);
    const crop = { left: 2.3, top: 3.1, side: 4 };
    const { data } = cropAndResize(image, crop, 9);
    for (let y = 0; y < 9; y++) {
      for (let x = 0; x < 9; x++) {
        const at = pointFromCrop({ x, y }, crop, 9);
        const pixel = data.subarray((y * 9 + x) * 3);
        expect(pixel[0]).toBeCloseTo(3 * at.x, 3);
        expect(pixel[1]).toBeCloseTo(5 * at.y, 3);
        expect(pixel[2]).toBeCloseTo(at.x + 2 * at.y, 3);
      }
    }
  });

  it('moves image content to where pointToCrop says, also when downsampling', () => {
    // A smooth blob keeps its centre of mass under any symmetric filter.
    fc.assert(
      fc.property(real(25, 35), real(25, 35), real(30, 60), fc.integer({ min: 16, max: 40 }), (cx, cy, side, size) => {
        const image = drawn(60, 60, (x, y) => {
          const value = 255 * Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / 18);
          return [value, value, value];
        });
        const crop = { left: 30.5 - side / 2, top: 29.5 - side / 2, side };
        const { data } = cropAndResize(image, crop, size);
        let [mass, x, y] = [0, 0, 0];
        for (let i = 0; i < size * size; i++) {
          mass += data[i * 3]!;
          x += data[i * 3]! * (i % size);
          y += data[i * 3]! * Math.floor(i / size);
        }
        const expected = pointToCrop({ x: cx, y: cy }, crop, size);
        expect(Math.abs(x / mass - expected.x)).toBeLessThan(0.15);
        expect(Math.abs(y / mass - expected.y)).toBeLessThan(0.15);
      }),
      { numRuns: 30 },
    );
  });

  it('repeats the border pixels outside the image', () => {
    const image = drawn(3, 3, (x, y) => [x, y, 0]);
    const { data } = cropAndResize(image, { left: -3, top: -3, side: 9 }, 9);
    const pixel = (x: number, y: number) => [...data.subarray((y * 9 + x) * 3, (y * 9 + x) * 3 + 2)];
    expect(pixel(0, 0)).toEqual([0, 0]);
    expect(pixel(8, 0)).toEqual([2, 0]);
    expect(pixel(4, 8)).toEqual([1, 2]);
    expect(pixel(4, 4)).toEqual([1, 1]);
  });

  it('reads nothing outside its bounds and repeats their border', () => {
    const image = drawn(6, 6, (x, y) => [x < 4 && y < 4 ? 7 : 1000, 0, 0]);
    const { data } = cropAndResize(image, { left: 1, top: 1, side: 5 }, 3, { x: 0, y: 0, width: 4, height: 4 });
    for (let i = 0; i < data.length; i += 3) expect(data[i]).toBeCloseTo(7, 5);
  });

  it('accepts integer and floating-point images', () => {
    const image = noise(5, 5);
    const rounded = { ...image, data: Uint8ClampedArray.from(image.data) };
    const crop = { left: 0, top: 0, side: 5 };
    const again = { ...image, data: Float32Array.from(rounded.data) };
    expect(cropAndResize(rounded, crop, 3)).toEqual(cropAndResize(again, crop, 3));
  });

  it.each([0, -1, Number.NaN])('refuses a crop of side %s', (side) => {
    expect(() => cropAndResize(noise(3, 3), { left: 0, top: 0, side }, 4)).toThrow(InvalidArgumentError);
  });
});

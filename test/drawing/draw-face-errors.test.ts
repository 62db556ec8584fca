import { describe, expect, it } from 'vitest';
import { drawFaceErrors } from '../../src/drawing/draw-face-errors.js';
import { paintLine } from '../../src/drawing/raster.js';
import { InvalidArgumentError } from '../../src/errors.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';

function flat(size: number, value = 128): RgbImage {
  return { data: new Uint8Array(size * size * 3).fill(value), width: size, height: size };
}

function pixel({ data, width }: RgbImage, x: number, y: number): number[] {
  return Array.from(data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3));
}

const isAmber = ([red, green, blue]: number[]) => red! > 200 && green! > 130 && blue! < 80;

// A box of 16 in the middle of 40 pixels: 24 are drawn, from pixel 8 on, twelve times as large.
const face = { image: flat(40), box: { x: 12, y: 12, width: 16, height: 16 } };
const SCALE = 12;
const place = (value: number) => (value - 8) * SCALE + (SCALE - 1) / 2;

describe('drawFaceErrors', () => {
  it('enlarges the face with its surroundings by whole pixels, and does not change the image', () => {
    const drawing = drawFaceErrors({ ...face, points: [], predicted: [] });
    expect([drawing.width, drawing.height]).toEqual([24 * SCALE, 24 * SCALE]);
    expect(face.image.data.every((value) => value === 128)).toBe(true);
  });

  it('draws a ring at each annotated point, a dot at the predicted one, and a line between', () => {
    const drawing = drawFaceErrors({ ...face, points: [{ x: 14, y: 20 }], predicted: [{ x: 26, y: 20 }] });
    const row = Math.round(place(20));
    expect(pixel(drawing, Math.round(place(14) - 4.2), row).every((value) => value > 200)).toBe(true);
    expect(isAmber(pixel(drawing, Math.round(place(26)), row))).toBe(true);
    expect(isAmber(pixel(drawing, Math.round(place(20)), row))).toBe(true);
    expect(pixel(drawing, Math.round(place(20)), row + 6)).toEqual([128, 128, 128]);
  });

  it('fills the ring where the prediction is right', () => {
    const point = { x: 20, y: 20 };
    const middle = (predicted: (typeof point)[] | null) =>
      pixel(drawFaceErrors({ ...face, points: [point], predicted }), Math.round(place(20)), Math.round(place(20)));
    expect(isAmber(middle([point]))).toBe(true);
    expect(middle(null)).toEqual([128, 128, 128]);
  });

  it('draws no line to or from a missing point', () => {
    const nowhere = { x: Number.NaN, y: Number.NaN };
    const points = [{ x: 14, y: 20 }, nowhere];
    const drawing = drawFaceErrors({ ...face, points, predicted: [nowhere, { x: 26, y: 20 }] });
    expect(pixel(drawing, Math.round(place(20)), Math.round(place(20)))).toEqual([128, 128, 128]);
    expect(isAmber(pixel(drawing, Math.round(place(26)), Math.round(place(20))))).toBe(true);
  });

  it('shows dark grey outside the image, and accepts predictions far away', () => {
    const corner = { image: flat(40), box: { x: -4, y: -4, width: 16, height: 16 } };
    const drawing = drawFaceErrors({ ...corner, points: [{ x: 4, y: 4 }], predicted: [{ x: 1e6, y: 4 }] });
    expect(pixel(drawing, 0, 0)).toEqual([40, 40, 40]);
    expect(pixel(drawing, drawing.width - 1, drawing.height - 1)).toEqual([128, 128, 128]);
    const outside = { image: flat(40), box: { x: 400, y: 400, width: 16, height: 16 } };
    expect(pixel(drawFaceErrors({ ...outside, points: [], predicted: null }), 0, 0)).toEqual([40, 40, 40]);
  });

  it('shrinks a large face with its points', () => {
    const large = { image: flat(900), box: { x: 150, y: 150, width: 600, height: 600 } };
    const drawing = drawFaceErrors({ ...large, points: [{ x: 450, y: 450 }], predicted: [{ x: 450, y: 450 }] }, 100);
    expect([drawing.width, drawing.height]).toEqual([100, 100]);
    expect(isAmber(pixel(drawing, 50, 50))).toBe(true);
  });

  it('refuses predictions of another number of points', () => {
    expect(() => drawFaceErrors({ ...face, points: [], predicted: [{ x: 1, y: 1 }] })).toThrow(InvalidArgumentError);
  });
});

describe('paintLine', () => {
  it('covers pixels as far as the line passes through them, with round ends', () => {
    const image = flat(9, 0);
    paintLine(image, { x: 2, y: 4 }, { x: 6, y: 4 }, 2, [200, 200, 200]);
    // Half a line's width is one pixel: the middle row is full, its neighbours half covered.
    expect([0, 1, 2, 4, 6, 7, 8].map((x) => pixel(image, x, 4)[0])).toEqual([0, 100, 200, 200, 200, 100, 0]);
    expect([2, 3, 4, 5, 6].map((y) => pixel(image, 4, y)[0])).toEqual([0, 100, 200, 100, 0]);
  });

  it('paints a dot if it has no length, and the same in both directions', () => {
    const dot = flat(5, 0);
    paintLine(dot, { x: 2, y: 2 }, { x: 2, y: 2 }, 2, [200, 200, 200]);
    expect(pixel(dot, 2, 2)).toEqual([200, 200, 200]);
    const [there, back] = [flat(9, 0), flat(9, 0)];
    paintLine(there, { x: 1, y: 2 }, { x: 7, y: 5 }, 1.5, [200, 100, 50]);
    paintLine(back, { x: 7, y: 5 }, { x: 1, y: 2 }, 1.5, [200, 100, 50]);
    expect(back).toEqual(there);
  });
});

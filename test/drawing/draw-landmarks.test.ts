import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import type { LandmarkDetection } from '../../src/detect/types.js';
import { contactSheet } from '../../src/drawing/contact-sheet.js';
import { drawLandmarks } from '../../src/drawing/draw-landmarks.js';
import { InvalidArgumentError } from '../../src/errors.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';
import { encodePng } from '../../src/node/images/write-png.js';

function flat(width: number, height: number, value = 128): RgbImage {
  return { data: new Uint8Array(width * height * 3).fill(value), width, height };
}

function pixel({ data, width }: RgbImage, x: number, y: number): number[] {
  return Array.from(data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3));
}

function face(x: number, y: number, name: string, score = 0.9): LandmarkDetection {
  return { box: { x: 2, y: 2, width: 12, height: 12 }, scheme: 5, points: [{ x, y, score, name }], score };
}

describe('drawLandmarks', () => {
  it('enlarges a copy by whole pixels until the smallest face is 256 wide', () => {
    const image = flat(20, 16);
    const drawing = drawLandmarks(image, [face(7, 7, 'nose-tip')]);
    expect([drawing.width, drawing.height]).toEqual([20 * 22, 16 * 22]); // ceil(256 / 12) = 22
    expect(image.data.every((value) => value === 128)).toBe(true);
  });

  it('keeps pixels square: nearest neighbour', () => {
    const image = { data: Uint8Array.from([0, 0, 0, 255, 255, 255]), width: 2, height: 1 };
    const drawing = drawLandmarks(image, [], { scale: 3 });
    expect([0, 1, 2, 3, 4, 5].map((x) => pixel(drawing, x, 2)[0])).toEqual([0, 0, 0, 255, 255, 255]);
  });

  it('does not enlarge over 16 megapixels, nor an image that is large enough', () => {
    const crowd = drawLandmarks(flat(1000, 1000), [face(7, 7, 'nose-tip')]);
    expect(crowd.width).toBe(4000);
    expect(drawLandmarks(flat(300, 10), []).width).toBe(300);
  });

  it('draws a point over the middle of its enlarged pixel, in the colour of its part', () => {
    const parts = ['left-jaw-1', 'left-brow-inner', 'left-eye-center', 'nose-tip', 'left-mouth-corner'];
    const colours = parts.map((name) => {
      const drawing = drawLandmarks(flat(16, 16), [face(5, 8, name)], { scale: 11 });
      const centre = pixel(drawing, 5 * 11 + 5, 8 * 11 + 5);
      expect(centre).not.toEqual([128, 128, 128]);
      return centre.join();
    });
    expect(new Set(colours).size).toBe(parts.length);
    const [upper, lower] = ['upper-lip-top', 'left-nostril-outer'].map((name) =>
      pixel(drawLandmarks(flat(16, 16), [face(5, 8, name)], { scale: 11 }), 60, 93).join(),
    );
    expect([upper, lower]).toEqual([colours[4], colours[3]]);
  });

  it('draws dots symmetric about their point, not half a pixel off', () => {
    const drawing = drawLandmarks(
      flat(17, 17),
      [{ ...face(8, 8, 'nose-tip'), box: { x: 0, y: 0, width: 17, height: 17 } }],
      {
        scale: 15,
      },
    );
    const { width } = drawing;
    for (let y = 0; y < width; y++) {
      for (let x = 0; x < width; x++) {
        const here = pixel(drawing, x, y);
        const mirrored = [pixel(drawing, width - 1 - x, y), pixel(drawing, x, width - 1 - y), pixel(drawing, y, x)];
        for (const other of mirrored) if (other.join() !== here.join()) expect([x, y, other]).toEqual([x, y, here]);
      }
    }
  });

  it('draws points of low score hollow', () => {
    const options = { scale: 30 };
    const image = flat(16, 16);
    const [x, y] = [5 * 30 + 15, 8 * 30 + 15];
    expect(pixel(drawLandmarks(image, [face(5, 8, 'nose-tip', 0.31)], options), x, y)).not.toEqual([128, 128, 128]);
    const hollow = drawLandmarks(image, [face(5, 8, 'nose-tip', 0.29)], options);
    expect(pixel(hollow, x, y)).toEqual([128, 128, 128]);
    expect(pixel(hollow, x + 7, y)).not.toEqual([128, 128, 128]);
  });

  it('outlines the box at its pixel edges', () => {
    const drawing = drawLandmarks(flat(16, 16), [{ ...face(8, 8, 'nose-tip'), points: [] }], { scale: 10 });
    // The edge x = 2 is between the drawing's columns 19 and 20: both are lit alike, their neighbours are not.
    expect(pixel(drawing, 19, 80)).toEqual(pixel(drawing, 20, 80));
    expect(pixel(drawing, 20, 80)[0]).toBeGreaterThan(190);
    expect(pixel(drawing, 17, 80)).toEqual([128, 128, 128]);
    expect(pixel(drawing, 22, 80)).toEqual([128, 128, 128]);
    expect(pixel(drawing, 139, 80)[0]).toBeGreaterThan(190);
  });

  it('accepts points and boxes outside the image, and skips invisible points', () => {
    const outside = { ...face(-50, 400, 'nose-tip'), box: { x: -30, y: -30, width: 300, height: 300 } };
    expect(drawLandmarks(flat(16, 16, 9), [outside], { scale: 2 }).data.every((value) => value === 9)).toBe(true);
    const invisible = { ...face(Number.NaN, Number.NaN, 'nose-tip'), box: { x: -9, y: -9, width: 99, height: 99 } };
    expect(drawLandmarks(flat(16, 16, 9), [invisible], { scale: 2 }).data.every((value) => value === 9)).toBe(true);
  });

  it.each([0, 1.5, -1, Number.NaN])('refuses the scale %d', (scale) => {
    expect(() => drawLandmarks(flat(4, 4), [], { scale })).toThrow(InvalidArgumentError);
  });
});

describe('contactSheet', () => {
  it('puts images in rows, centred in equal cells', () => {
    const sheet = contactSheet([flat(10, 10, 255), flat(4, 6, 200), flat(10, 10, 100)], 2);
    expect([sheet.width, sheet.height]).toEqual([4 + 14 * 2, 4 + 14 * 2]);
    expect(pixel(sheet, 4, 4)[0]).toBe(255);
    expect(pixel(sheet, 13, 13)[0]).toBe(255);
    expect(pixel(sheet, 3, 4)[0]).toBe(40);
    expect(pixel(sheet, 18 + 3, 4 + 2)[0]).toBe(200); // 10 - 4 = 6 columns and 10 - 6 = 4 rows to share.
    expect(pixel(sheet, 18 + 2, 4 + 2)[0]).toBe(40);
    expect(pixel(sheet, 4, 18)[0]).toBe(100);
    expect(pixel(sheet, 18, 18)[0]).toBe(40);
  });

  it('is no wider than its images need', () => {
    expect(contactSheet([flat(10, 10)], 8).width).toBe(18);
  });

  it('refuses an empty list of images, and 0 columns', () => {
    expect(() => contactSheet([], 2)).toThrow(InvalidArgumentError);
    expect(() => contactSheet([flat(1, 1)], 0)).toThrow(InvalidArgumentError);
  });
});

describe('encodePng', () => {
  it('writes the pixels that readImage reads back', () => {
    const image = { data: Uint8Array.from({ length: 5 * 3 * 3 }, (_, i) => i * 5), width: 5, height: 3 };
    const bytes = encodePng(image);
    const read = PNG.sync.read(Buffer.from(bytes));
    expect([read.width, read.height]).toEqual([5, 3]);
    expect(Array.from(read.data).filter((_, i) => i % 4 !== 3)).toEqual(Array.from(image.data));
    expect(bytes[25]).toBe(2); // Colour type RGB: no alpha channel is stored.
  });

  it('rounds and clips floats', () => {
    const bytes = encodePng({ data: Float32Array.of(-4, 99.6, 300), width: 1, height: 1 });
    expect(Array.from(PNG.sync.read(Buffer.from(bytes)).data)).toEqual([0, 100, 255, 255]);
  });
});

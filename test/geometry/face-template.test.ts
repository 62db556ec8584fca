import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { pointToCrop } from '../../src/geometry/crop.js';
import { faceTemplate } from '../../src/geometry/face-template.js';
import { flipLandmarks } from '../../src/landmarks/flip.js';

describe('faceTemplate', () => {
  it("is ArcFace's at 112 pixels, to the digit", () => {
    expect(faceTemplate(112).map(({ x, y }) => [x, y])).toEqual([
      [38.2946, 51.6963],
      [73.5318, 51.5014],
      [56.0252, 71.7366],
      [41.5493, 92.3655],
      [70.7299, 92.2041],
    ]);
  });

  it.each([8, 24, 32, 96, 128, 224])('at %i pixels shows the same view as the image of 112 pixels resized', (size) => {
    const resized = faceTemplate(112).map((point) => pointToCrop(point, { left: 0, top: 0, side: 112 }, size));
    faceTemplate(size).forEach(({ x, y }, index) => {
      expect(x).toBeCloseTo(resized[index]!.x, 9);
      expect(y).toBeCloseTo(resized[index]!.y, 9);
    });
  });

  it('has, worked by hand, an eye at 38.7946 / 2 - 0.5 at 56 pixels', () => {
    expect(faceTemplate(56)[0]!.x).toBeCloseTo(18.8973, 9);
  });

  it('is nearly its own mirror image, left and right in image order', () => {
    flipLandmarks(faceTemplate(112), 5, 112).forEach(({ x, y }, index) => {
      expect(Math.hypot(x - faceTemplate(112)[index]!.x, y - faceTemplate(112)[index]!.y)).toBeLessThan(1.4);
    });
  });

  it('returns new points each time', () => {
    faceTemplate(112)[0]!.x = 0;
    expect(faceTemplate(112)[0]!.x).toBe(38.2946);
  });

  it.each([0, -112, Number.NaN, Number.POSITIVE_INFINITY])('refuses a size of %d', (size) => {
    expect(() => faceTemplate(size)).toThrow(InvalidArgumentError);
    expect(() => faceTemplate(size)).toThrow(`${size} pixels`);
  });
});

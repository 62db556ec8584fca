import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError, InvalidImageError } from '../../src/errors.js';
import { type Affine, applyAffine, composeAffine, invertAffine, similarityAbout } from '../../src/geometry/affine.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';
import { warpAffine } from '../../src/geometry/warp-affine.js';
import { largestDifference, normalNumbers } from '../support/numbers.js';
import fixture from './skimage/warps.json' with { type: 'json' };

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const points = fc.record({ x: real(-50, 50), y: real(-50, 50) });

describe('similarityAbout', () => {
  it('rotates clockwise on the screen', () => {
    const quarter = similarityAbout({ x: 0, y: 0 }, 90, 1, { x: 0, y: 0 });
    const right = applyAffine(quarter, { x: 1, y: 0 });
    expect(right.x).toBeCloseTo(0);
    expect(right.y).toBeCloseTo(1); // Down.
  });

  it('maps its centre to the target, and scales every distance equally', () => {
    fc.assert(
      fc.property(points, points, points, points, real(-180, 180), real(0.2, 5), (c, t, p, q, degrees, scale) => {
        const map = similarityAbout(c, degrees, scale, t);
        const centre = applyAffine(map, c);
        expect(centre.x).toBeCloseTo(t.x, 6);
        expect(centre.y).toBeCloseTo(t.y, 6);
        const [a, b] = [applyAffine(map, p), applyAffine(map, q)];
        expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeCloseTo(scale * Math.hypot(p.x - q.x, p.y - q.y), 6);
      }),
    );
  });
});

describe('invertAffine', () => {
  it('returns the inverse map', () => {
    // The diagonal outweighs the rest, so that there is an inverse.
    const [diagonal, other, shift] = [fc.oneof(real(1, 3), real(-3, -1)), real(-0.9, 0.9), real(-50, 50)];
    fc.assert(
      fc.property(points, fc.tuple(diagonal, other, shift, other, diagonal, shift), (p, map) => {
        const back = applyAffine(invertAffine(map), applyAffine(map, p));
        expect(back.x).toBeCloseTo(p.x, 6);
        expect(back.y).toBeCloseTo(p.y, 6);
      }),
    );
  });

  it.each<Affine>([
    [1, 2, 0, 2, 4, 0],
    [0, 0, 5, 0, 0, 5],
    [1, 0, Number.NaN, 0, 1, 0],
    [5e-324, 0, 0, 0, 1, 0],
  ])('refuses a map without an inverse: %s %s %s %s %s %s', (...map) => {
    expect(() => invertAffine(map)).toThrow(InvalidArgumentError);
  });
});

describe('composeAffine', () => {
  it('applies the first map, then the second', () => {
    const anything = fc.tuple(real(-9, 9), real(-9, 9), real(-9, 9), real(-9, 9), real(-9, 9), real(-9, 9));
    fc.assert(
      fc.property(anything, anything, points, (first, then, point) => {
        const atOnce = applyAffine(composeAffine(first, then), point);
        const inTurn = applyAffine(then, applyAffine(first, point));
        expect(atOnce.x).toBeCloseTo(inTurn.x, 8);
        expect(atOnce.y).toBeCloseTo(inTurn.y, 8);
      }),
    );
  });

  it('keeps the order of doubling and shifting by (1, 2), worked by hand', () => {
    const [double, shift]: [Affine, Affine] = [
      [2, 0, 0, 0, 2, 0],
      [1, 0, 1, 0, 1, 2],
    ];
    expect(composeAffine(double, shift)).toEqual([2, 0, 1, 0, 2, 2]);
    expect(composeAffine(shift, double)).toEqual([2, 0, 2, 0, 2, 4]);
  });

  it('of a map and its inverse is the identity, in either order', () => {
    const map = similarityAbout({ x: 3, y: 4 }, 30, 1.5, { x: 9, y: -2 });
    for (const both of [composeAffine(map, invertAffine(map)), composeAffine(invertAffine(map), map)]) {
      expect(largestDifference(both, [1, 0, 0, 0, 1, 0])).toBeLessThan(1e-12);
    }
  });
});

describe('applyAffine', () => {
  it('is x’ = ax + by + c, y’ = dx + ey + f, and keeps invisible points invisible', () => {
    expect(applyAffine([1, 2, 3, 4, 5, 6], { x: 10, y: 100 })).toEqual({ x: 213, y: 546 });
    const hidden = { x: Number.NaN, y: Number.NaN };
    expect(applyAffine([1, 2, 3, 4, 5, 6], hidden)).toEqual(hidden);
  });
});

describe('warpAffine', () => {
  const image: RgbImage = { data: normalNumbers(5 * 5 * 3, 1, 128, 30), width: 5, height: 5 };
  const identity: Affine = [1, 0, 0, 0, 1, 0];

  /** Red 2x, green 3y, blue x - y + 40. */
  const ramp = (width: number, height: number): RgbImage => ({
    data: Float32Array.from({ length: width * height * 3 }, (_, i) => {
      const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
      return [2 * x, 3 * y, x - y + 40][i % 3]!;
    }),
    width,
    height,
  });

  it('returns the image for the identity', () => {
    expect(largestDifference(warpAffine(image, identity, 5).data, image.data)).toBeLessThan(1e-4);
  });

  it('shifts by whole pixels exactly', () => {
    const { data } = warpAffine(image, [1, 0, 2, 0, 1, 1], 5);
    expect(data[(3 * 5 + 4) * 3 + 1]).toBe(image.data[(2 * 5 + 2) * 3 + 1]);
  });

  it('is exact for a linear ramp, rotated, scaled and shifted', () => {
    fc.assert(
      fc.property(real(-40, 40), real(0.8, 2), real(-2, 2), (degrees, scale, shift) => {
        const map = similarityAbout({ x: 19.5, y: 14.5 }, degrees, scale, { x: 5.5 + shift, y: 5.5 });
        const inverse = invertAffine(map);
        const { data } = warpAffine(ramp(40, 30), map, 12);
        for (let i = 0; i < 144; i++) {
          const source = applyAffine(inverse, { x: i % 12, y: Math.floor(i / 12) });
          if (source.x < 0 || source.x > 39 || source.y < 0 || source.y > 29) continue;
          expect(data[i * 3]).toBeCloseTo(2 * source.x, 3);
          expect(data[i * 3 + 1]).toBeCloseTo(3 * source.y, 3);
          expect(data[i * 3 + 2]).toBeCloseTo(source.x - source.y + 40, 3);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('repeats the border outside the image', () => {
    const { data } = warpAffine(ramp(4, 4), [1, 0, 3, 0, 1, 3], 8);
    expect([...data.subarray(0, 3)]).toEqual([0, 0, 40]);
    const last = (7 * 8 + 7) * 3;
    expect([...data.subarray(last, last + 3)]).toEqual([6, 9, 40]);
  });

  it.each(['bilinear', 'bicubic'] as const)('agrees with scikit-image to single precision, %s', (interpolation) => {
    const [, height, width] = fixture.shape as [number, number, number];
    const [input, output] = [height * width * 3, fixture.size ** 2 * 3];
    for (const [index, map] of (fixture.maps as unknown as Affine[]).entries()) {
      const data = Float32Array.from(fixture.images.slice(index * input, (index + 1) * input));
      const found = warpAffine({ data, width, height }, map, fixture.size, interpolation);
      const expected = fixture[interpolation].slice(index * output, (index + 1) * output);
      expect(largestDifference(found.data, expected)).toBeLessThan(1e-7);
    }
  });

  it('refuses an unknown interpolation', () => {
    expect(() => warpAffine(image, identity, 4, 'toString' as never)).toThrow('use one of bilinear, bicubic');
  });

  it('refuses images below 2 x 2, and maps without inverse', () => {
    const row = { data: new Float32Array(15), width: 5, height: 1 };
    expect(() => warpAffine(row, identity, 4)).toThrow(InvalidImageError);
    expect(() => warpAffine(image, [1, 1, 0, 1, 1, 0], 4)).toThrow(InvalidArgumentError);
  });
});

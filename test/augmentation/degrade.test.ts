import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepResolution, subsample, variedDegradation } from '../../src/augmentation/degrade.js';
import { InvalidImageError } from '../../src/errors.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';
import { Random } from '../../src/random.js';
import { meanDifference, texturedImage } from '../support/faces/textured-image.js';

const random = new Random(0);
const impulse = (size: number, column: number, row: number, value: number): RgbImage => {
  const data = new Float32Array(size * size * 3);
  data.fill(value, (row * size + column) * 3, (row * size + column) * 3 + 3);
  return { data, width: size, height: size };
};
const channel = ({ data }: RgbImage, index: number) => Array.from(data).filter((_, i) => i % 3 === index);

describe('subsample (F of Eq. 4)', () => {
  it('spreads a point like two 3x3 averages, each followed by 2x2 pooling, computed by hand', () => {
    // In one dimension, for a point of 36 at column 8 of 16: averaging by 3 leaves 12 12 12 at 7..9; pooling by 2 leaves
    // 6 12 at 3 4; averaging leaves 2 6 6 4 at 2..5; pooling leaves 4 5 at 1 2. In two dimensions the outer product.
    const out = subsample(impulse(16, 8, 8, 36 * 36), random);
    expect([out.width, out.height]).toEqual([4, 4]);
    const expected = [0, 0, 0, 0, 0, 16, 20, 0, 0, 20, 25, 0, 0, 0, 0, 0];
    for (const index of [0, 1, 2]) {
      channel(out, index).forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i]!, 3);
      });
    }
  });

  it('repeats the border: a point in the corner counts twice in each average', () => {
    // One dimension, 36 at column 0: 24 12 0; pooled 18 0; averaged 12 6; pooled 9. A corner: 9 * 9.
    const out = subsample(impulse(16, 0, 0, 36 * 36), random);
    expect(channel(out, 0)[0]).toBeCloseTo(81, 3);
    expect(channel(out, 0).reduce((sum, value) => sum + value, 0)).toBeCloseTo(81, 3);
  });

  it('shrinks 128 pixels to 32, without a shift', () => {
    const ramp = new Float32Array(128 * 128 * 3).map((_, i) => Math.floor(i / 3) % 128);
    const out = subsample({ data: ramp, width: 128, height: 128 }, random);
    expect([out.width, out.height]).toEqual([32, 32]);
    // Pixel i of the small picture is centred on 4 i + 1.5 of the large one.
    for (let x = 1; x < 31; x++) expect(out.data[(16 * 32 + x) * 3]).toBeCloseTo(4 * x + 1.5, 3);
  });

  it('refuses sides that are not multiples of 4', () => {
    expect(() => subsample(texturedImage(30, 30), random)).toThrow(InvalidImageError);
    expect(() => subsample(texturedImage(30, 32), random)).toThrow('30 x 32');
  });
});

it('keepResolution changes nothing', () => {
  const image = texturedImage(8, 8);
  expect(keepResolution(image, random)).toBe(image);
});

describe('variedDegradation', () => {
  const face = texturedImage(128, 128);

  it('makes the same picture for the same seed, another for another, and does not change its input', () => {
    const before = face.data.slice();
    const degrade = variedDegradation();
    expect(degrade(face, new Random(5))).toEqual(degrade(face, new Random(5)));
    expect(degrade(face, new Random(5))).not.toEqual(degrade(face, new Random(6)));
    expect(face.data).toEqual(before);
  });

  it('makes square pictures of 12 to 48 pixels, small and large ones, with values in 0-255', () => {
    const widths: number[] = [];
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { data, width, height } = variedDegradation()(face, new Random(seed));
        expect(height).toBe(width);
        expect(data.length).toBe(width * width * 3);
        expect(data.every((value) => value >= 0 && value <= 255)).toBe(true);
        widths.push(width);
      }),
      { seed: 1 },
    );
    expect(Math.min(...widths)).toBeGreaterThanOrEqual(12);
    expect(Math.max(...widths)).toBeLessThanOrEqual(48);
    // Log-uniform: half lie under the geometric mean, 24.
    const small = widths.filter((width) => width < 24).length / widths.length;
    expect(Math.abs(small - 0.5)).toBeLessThan(0.2);
  });

  it('draws from the given ranges', () => {
    const degrade = variedDegradation({ size: [20, 20], blur: [0, 0], noise: [0, 0], quality: [100, 100] });
    for (let seed = 0; seed < 20; seed++) expect(degrade(face, new Random(seed)).width).toBe(20);
  });

  it('applies blur, noise and compression to half of the pictures each', () => {
    const flat = { data: new Float32Array(64 * 64 * 3).fill(100), width: 64, height: 64 };
    const isNoisy = (seed: number) => {
      const degrade = variedDegradation({ noise: [10, 10], quality: [100, 100] });
      return meanDifference(degrade(flat, new Random(seed)), flat) > 1;
    };
    const seeds = Array.from({ length: 200 }, (_, seed) => seed);
    expect(Math.abs(seeds.filter(isNoisy).length / 200 - 0.5)).toBeLessThan(0.15);

    const still = { size: [24, 24], blur: [0, 0], noise: [0, 0] } as const;
    const compressed = seeds.filter((seed) => {
      const [poor, good] = [5, 100].map((q) =>
        variedDegradation({ ...still, quality: [q, q] })(face, new Random(seed)),
      );
      return meanDifference(poor!, good!) > 3;
    });
    expect(Math.abs(compressed.length / 200 - 0.5)).toBeLessThan(0.15);

    const blurred = seeds.filter((seed) => {
      const [sharp, soft] = [0, 3].map((sigma) =>
        variedDegradation({ ...still, blur: [sigma, sigma], quality: [100, 100] })(face, new Random(seed)),
      );
      return meanDifference(sharp!, soft!) > 3;
    });
    expect(Math.abs(blurred.length / 200 - 0.5)).toBeLessThan(0.15);
  });

  it('adds noise of the given deviation, partly common to the three channels', () => {
    const flat = { data: new Float32Array(96 * 96 * 3).fill(128), width: 96, height: 96 };
    const degrade = variedDegradation({ size: [96, 96], noise: [10, 10], quality: [100, 100] });
    const noisy = Array.from({ length: 20 }, (_, seed) => degrade(flat, new Random(seed))).find(
      (image) => meanDifference(image, flat) > 1,
    )!;
    const deviations = [0, 1, 2].map((index) => channel(noisy, index).map((value) => value - 128));
    const product = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0) / a.length;
    expect(Math.sqrt(product(deviations[0]!, deviations[0]!))).toBeCloseTo(10, 0);
    expect(product(deviations[0]!, deviations[1]!) / 100).toBeCloseTo(0.5, 1);
  });
});

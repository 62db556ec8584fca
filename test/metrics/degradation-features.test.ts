import { describe, expect, it } from 'vitest';
import { subsample } from '../../src/augmentation/degrade.js';
import { gaussianBlur } from '../../src/augmentation/gaussian-blur.js';
import { InvalidImageError } from '../../src/errors.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';
import { degradationFeatures } from '../../src/metrics/degradation-features.js';
import { Random } from '../../src/random.js';

const FINEST_LUMINANCE = 7;
const DIAGONAL_LUMINANCE = 24;

function noise(size: number, deviation: number, seed = 1): RgbImage {
  const random = new Random(seed);
  const data = Float32Array.from({ length: size * size * 3 }, () => 128 + random.normal(0, deviation));
  return { data, width: size, height: size };
}
const grey = (size: number): RgbImage => noise(size, 0);

describe('degradationFeatures', () => {
  it('are 33 finite numbers, even for an image of one colour', () => {
    expect(degradationFeatures(grey(32))).toHaveLength(33);
    expect(degradationFeatures(grey(32)).every(Number.isFinite)).toBe(true);
  });

  it('have the power of white noise in each ring (Parseval)', () => {
    // Luminance of three independent channels: variance times the sum of the squared weights.
    const expected = Math.log(100 * (0.299 ** 2 + 0.587 ** 2 + 0.114 ** 2) + 0.05);
    const features = degradationFeatures(noise(64, 10));
    for (let ring = 1; ring <= FINEST_LUMINANCE; ring++) expect(features[ring]).toBeCloseTo(expected, 0);
    expect(features[FINEST_LUMINANCE]).toBeGreaterThan(expected - 0.2);
    expect(features[FINEST_LUMINANCE]).toBeLessThan(expected + 0.2);
    expect(Math.abs(features[DIAGONAL_LUMINANCE]! - expected)).toBeLessThan(0.2);
  });

  it('fall in the fine rings with blur, and rise with noise', () => {
    const sharp = subsample(noise(128, 60), new Random(1));
    const [plain, blurred, noisy] = [
      sharp,
      gaussianBlur(sharp, 1),
      { ...sharp, data: sharp.data.map((value, i) => value + 20 * ((i % 2) - 0.5)) },
    ].map(degradationFeatures) as [number[], number[], number[]];
    expect(blurred[FINEST_LUMINANCE]!).toBeLessThan(plain[FINEST_LUMINANCE]! - 1);
    expect(noisy[FINEST_LUMINANCE]!).toBeGreaterThan(plain[FINEST_LUMINANCE]! + 0.5);
  });

  it('detect pixels repeated in columns and rows', () => {
    const small = noise(16, 30);
    const doubled = { width: 32, height: 32, data: new Float32Array(32 * 32 * 3) };
    for (let i = 0; i < doubled.data.length; i++) {
      const [x, y, channel] = [Math.floor(i / 3) % 32, Math.floor(i / 96), i % 3];
      doubled.data[i] = small.data[(Math.floor(y / 2) * 16 + Math.floor(x / 2)) * 3 + channel]!;
    }
    const [across, down] = degradationFeatures(doubled).slice(27, 29);
    expect(across).toBeGreaterThan(5);
    expect(down).toBeGreaterThan(5);
    const [even] = degradationFeatures(noise(32, 30)).slice(27, 28);
    expect(Math.abs(even!)).toBeLessThan(0.3);
  });

  it('refuse images that are not squares of at least 16 pixels', () => {
    expect(() => degradationFeatures(grey(15))).toThrow(InvalidImageError);
    expect(() => degradationFeatures({ ...grey(16), height: 8 })).toThrow(/16 x 8/);
  });
});

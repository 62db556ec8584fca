import { describe, expect, it } from 'vitest';
import * as camera from '../../src/augmentation/camera-degradations.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';
import { Random } from '../../src/random.js';

function flat(value: number, size = 40): RgbImage {
  return { data: new Float32Array(size * size * 3).fill(value), width: size, height: size };
}

/** Black with a white pixel in the middle. */
function impulse(size = 21): RgbImage {
  const image = flat(0, size);
  image.data.fill(255, ((size * size - 1) / 2) * 3, ((size * size - 1) / 2) * 3 + 3);
  return image;
}

const red = ({ data }: RgbImage) => Array.from(data).filter((_, index) => index % 3 === 0);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('camera degradations', () => {
  it('motion blur spreads a pixel along its direction, and keeps the light', () => {
    const { data, width } = camera.motionBlur(impulse(), 6, 0);
    const row = (y: number) => mean(red({ data: data.slice(y * width * 3, (y + 1) * width * 3), width, height: 1 }));
    expect(row(10) * width).toBeCloseTo(255, 2);
    expect(row(9) + row(11)).toBeCloseTo(0, 6);
    expect(red({ data, width, height: width }).filter((value) => value > 20)).toHaveLength(7);
  });

  it('defocus spreads a pixel evenly all around, and keeps the light', () => {
    const values = red(camera.defocus(impulse(), 3));
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(255, 2);
    const inside = values.filter((value) => value > 1);
    expect(Math.abs(inside.length - Math.PI * 3.5 ** 2)).toBeLessThan(8);
  });

  it('shot noise keeps the mean, and has a variance in proportion to it', () => {
    const photons = 200;
    for (const level of [20, 120]) {
      const noisy = red(camera.shotNoise(flat(level, 100), photons, new Random(1)));
      const variance = mean(noisy.map((value) => (value - mean(noisy)) ** 2));
      expect(mean(noisy)).toBeCloseTo(level, -0.5);
      expect(variance / ((level * 255) / photons)).toBeGreaterThan(0.9);
      expect(variance / ((level * 255) / photons)).toBeLessThan(1.1);
    }
    expect(red(camera.shotNoise(flat(0), photons, new Random(1))).every((value) => value === 0)).toBe(true);
  });

  it('a tone curve keeps black and white', () => {
    expect(red(camera.gamma(flat(0), 0.6))[0]).toBe(0);
    expect(red(camera.gamma(flat(255), 1.7))[0]).toBe(255);
    expect(red(camera.gamma(flat(255 / 4), 0.5))[0]).toBeCloseTo(255 / 2, 3);
  });

  it('sharpening leaves flat areas alone and gives edges halos', () => {
    expect(red(camera.unsharpMask(flat(90), 1.5)).every((value) => Math.abs(value - 90) < 1e-3)).toBe(true);
    const edge = flat(100, 10);
    for (let i = 0; i < edge.data.length; i += 1) if (i % 30 >= 15) edge.data[i] = 150;
    const [dark, bright] = [4, 5].map((x) => camera.unsharpMask(edge, 1).data[(50 + x) * 3]!);
    expect(dark).toBeCloseTo(100 - 50 / 4, 3);
    expect(bright).toBeCloseTo(150 + 50 / 4, 3);
  });
});

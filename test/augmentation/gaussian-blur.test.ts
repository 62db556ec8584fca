import { describe, expect, it } from 'vitest';
import { gaussianBlur } from '../../src/augmentation/gaussian-blur.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';
import { texturedImage } from '../support/faces/textured-image.js';

function paint(width: number, height: number, value: (x: number, y: number, channel: number) => number): RgbImage {
  const data = new Float32Array(width * height * 3);
  for (let i = 0; i < data.length; i++) data[i] = value(Math.floor(i / 3) % width, Math.floor(i / 3 / width), i % 3);
  return { data, width, height };
}

describe('gaussianBlur', () => {
  it.each([0.5, 0.8, 1.3, 2, 3])('spreads a point to the Gaussian of sigma %d', (sigma) => {
    const middle = 12;
    const blurred = gaussianBlur(
      paint(25, 25, (x, y) => (x === middle && y === middle ? 1000 : 0)),
      sigma,
    );
    const radius = Math.ceil(3 * sigma);
    let total = 0;
    for (let d = -radius; d <= radius; d++) total += Math.exp((-d * d) / (2 * sigma * sigma));
    for (let y = 0; y < 25; y++) {
      for (let x = 0; x < 25; x++) {
        const [dx, dy] = [x - middle, y - middle];
        const isInside = Math.abs(dx) <= radius && Math.abs(dy) <= radius;
        const expected = isInside ? (1000 * Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma))) / total ** 2 : 0;
        expect(Math.abs(blurred.data[(y * 25 + x) * 3 + 1]! - expected)).toBeLessThan(1e-2);
      }
    }
  });

  it.each([1, 2, 3])('damps a wave by exp(-sigma^2 omega^2 / 2), along rows as along columns (sigma %d)', (sigma) => {
    const omega = 1 / sigma;
    const [size, from, to] = [64, 16, 48];
    for (const along of ['x', 'y'] as const) {
      const wave = paint(size, size, (x, y, channel) => 100 * Math.cos(omega * (along === 'x' ? x : y) + channel));
      const blurred = gaussianBlur(wave, sigma);
      const energy = ({ data }: RgbImage) => {
        let sum = 0;
        for (let y = from; y < to; y++) {
          for (let x = from; x < to; x++) sum += data[(y * size + x) * 3 + 2]! * wave.data[(y * size + x) * 3 + 2]!;
        }
        return sum;
      };
      // Cutting off at 3 sigma changes the damping by under one percent.
      expect(Math.abs(energy(blurred) / energy(wave) / Math.exp(-(sigma ** 2 * omega ** 2) / 2) - 1)).toBeLessThan(
        0.01,
      );
    }
  });

  it('repeats the border: a flat picture stays flat and a step at the border is not darkened', () => {
    const flat = gaussianBlur(
      paint(5, 9, (_x, _y, channel) => 50 + channel),
      2,
    );
    flat.data.forEach((value, i) => {
      expect(value).toBeCloseTo(50 + (i % 3), 3);
    });
  });

  it('treats rows and columns alike', () => {
    const image = texturedImage(14, 14);
    const transpose = ({ data, width }: RgbImage) =>
      paint(width, width, (x, y, channel) => data[(x * width + y) * 3 + channel]!);
    const [one, other] = [gaussianBlur(image, 1.1), transpose(gaussianBlur(transpose(image), 1.1))];
    one.data.forEach((value, i) => {
      expect(value).toBeCloseTo(other.data[i]!, 3);
    });
  });

  it('returns the picture at sigma 0', () => {
    const image = texturedImage(6, 6);
    expect(gaussianBlur(image, 0)).toBe(image);
  });
});

import { describe, expect, it } from 'vitest';
import * as degradations from '../../bench/evaluate/degradations.js';
import { measure } from '../../bench/evaluate/measure.js';
import { makeSmallFace } from '../../bench/evaluate/recipe.js';
import { Random } from '../../src/data/random.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';
import { faceBoxFromLandmarks } from '../../src/landmarks/face-box.js';
import { boxSize } from '../../src/metrics/normalizers.js';

const RANGE = { low: 16, high: 20 };

/** A "photograph" with 68 points on a circle of radius 30. */
function photograph() {
  const [width, height] = [150, 140];
  const data = Uint8Array.from({ length: width * height * 3 }, (_, index) => (index * index) % 251);
  const points = Array.from({ length: 68 }, (_, i) => ({
    x: 75 + 30 * Math.cos(i / 5),
    y: 70 + 30 * Math.sin(i / 5),
  }));
  return { id: 'circle', image: { data, width, height }, points };
}

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

describe('the recipe of the evaluation', () => {
  it('gives the same small face every time, and others for other faces and sizes', async () => {
    const first = await makeSmallFace(photograph(), RANGE, 4);
    expect(await makeSmallFace(photograph(), RANGE, 4)).toEqual(first);
    expect((await makeSmallFace(photograph(), RANGE, 5)).exactBox).not.toEqual(first.exactBox);
    expect((await makeSmallFace(photograph(), { low: 17, high: 20 }, 4)).disturbedBox).not.toEqual(first.disturbedBox);
  });

  it('makes faces of the size asked for, whose points move with the pixels', async () => {
    for (let face = 0; face < 30; face += 1) {
      const { image, points, exactBox } = await makeSmallFace(photograph(), RANGE, face);
      expect(exactBox).toEqual(faceBoxFromLandmarks(points));
      expect(boxSize(exactBox)).toBeGreaterThan(15.5);
      expect(boxSize(exactBox)).toBeLessThan(20.5);
      expect(Math.abs(image.width / image.height - 150 / 140)).toBeLessThan(0.04);
      const centre = { x: (points[0]!.x + 0.5) / image.width, y: (points[0]!.y + 0.5) / image.height };
      expect(centre.x).toBeCloseTo(105.5 / 150, 6);
      expect(centre.y).toBeCloseTo(70.5 / 140, 6);
    }
  });

  it('disturbs boxes by up to 15 % and a factor of 0.8 to 1.25, on average not at all', async () => {
    const shifts: number[] = [];
    const scales: number[] = [];
    for (let face = 0; face < 200; face += 1) {
      const { exactBox: exact, disturbedBox: box } = await makeSmallFace(photograph(), RANGE, face);
      shifts.push((box.x + box.width / 2 - exact.x - exact.width / 2) / exact.width);
      shifts.push((box.y + box.height / 2 - exact.y - exact.height / 2) / exact.height);
      scales.push(Math.log(box.width / exact.width));
      expect(box.height / exact.height).toBeCloseTo(box.width / exact.width, 9);
    }
    expect(Math.max(...shifts.map(Math.abs))).toBeLessThanOrEqual(0.15);
    expect(Math.max(...shifts.map(Math.abs))).toBeGreaterThan(0.14);
    expect(Math.max(...scales.map(Math.abs))).toBeLessThanOrEqual(Math.log(1.25) + 1e-9);
    expect(Math.abs(mean(shifts))).toBeLessThan(0.02);
    expect(Math.abs(mean(scales))).toBeLessThan(0.03);
  });
});

describe('degradations', () => {
  it('motion blur spreads a pixel along its direction, and keeps the light', () => {
    const { data, width } = degradations.motionBlur(impulse(), 6, 0);
    const row = (y: number) => mean(red({ data: data.slice(y * width * 3, (y + 1) * width * 3), width, height: 1 }));
    expect(row(10) * width).toBeCloseTo(255, 2);
    expect(row(9) + row(11)).toBeCloseTo(0, 6);
    expect(red({ data, width, height: width }).filter((value) => value > 20)).toHaveLength(7);
  });

  it('defocus spreads a pixel evenly all around, and keeps the light', () => {
    const values = red(degradations.defocus(impulse(), 3));
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(255, 2);
    const inside = values.filter((value) => value > 1);
    expect(Math.abs(inside.length - Math.PI * 3.5 ** 2)).toBeLessThan(8);
  });

  it('shot noise keeps the mean, and has a variance in proportion to it', () => {
    const photons = 200;
    for (const level of [20, 120]) {
      const noisy = red(degradations.shotNoise(flat(level, 100), photons, new Random(1)));
      const variance = mean(noisy.map((value) => (value - mean(noisy)) ** 2));
      expect(mean(noisy)).toBeCloseTo(level, -0.5);
      expect(variance / ((level * 255) / photons)).toBeGreaterThan(0.9);
      expect(variance / ((level * 255) / photons)).toBeLessThan(1.1);
    }
    expect(red(degradations.shotNoise(flat(0), photons, new Random(1))).every((value) => value === 0)).toBe(true);
  });

  it('a tone curve keeps black and white', () => {
    expect(red(degradations.gamma(flat(0), 0.6))[0]).toBe(0);
    expect(red(degradations.gamma(flat(255), 1.7))[0]).toBe(255);
    expect(red(degradations.gamma(flat(255 / 4), 0.5))[0]).toBeCloseTo(255 / 2, 3);
  });

  it('sharpening leaves flat areas alone and gives edges halos', () => {
    expect(red(degradations.unsharpMask(flat(90), 1.5)).every((value) => Math.abs(value - 90) < 1e-3)).toBe(true);
    const edge = flat(100, 10);
    for (let i = 0; i < edge.data.length; i += 1) if (i % 30 >= 15) edge.data[i] = 150;
    const [dark, bright] = [4, 5].map((x) => degradations.unsharpMask(edge, 1).data[(50 + x) * 3]!);
    expect(dark).toBeCloseTo(100 - 50 / 4, 3);
    expect(bright).toBeCloseTo(150 + 50 / 4, 3);
  });

  it('compression and shrinking keep the size asked for and nearly the colours', async () => {
    for (const compressed of [
      await degradations.compressWebp(flat(90), 50),
      await degradations.compressJpeg420(flat(90), 50),
      await degradations.shrinkLanczos(flat(90), 40, 40),
    ]) {
      expect([compressed.width, compressed.height, compressed.data.length]).toEqual([40, 40, 4800]);
      expect(Math.abs(mean(red(compressed)) - 90)).toBeLessThan(3);
    }
    expect((await degradations.shrinkLanczos(flat(9), 13, 11)).height).toBe(11);
  });
});

describe('measure', () => {
  it('asks with the boxes of the kind, in batches, and divides by the tight box of the points', async () => {
    const faces = await Promise.all(Array.from({ length: 40 }, (_, face) => makeSmallFace(photograph(), RANGE, face)));
    const asked: number[] = [];
    const errors = await measure(
      async (images, boxes) => {
        asked.push(images.length);
        expect(boxes[0]).toEqual(faces[asked.length === 1 ? 0 : 32]!.disturbedBox);
        const batch = faces.slice(asked.length === 1 ? 0 : 32).slice(0, images.length);
        // Every point 1 px too far to the right.
        return batch.map(({ points }) => ({ points: points.map(({ x, y }) => ({ x: x + 1, y })), score: 0.5 }));
      },
      faces,
      'disturbedBox',
    );
    expect(asked).toEqual([32, 8]);
    errors.forEach(({ points68ByBox, points5ByBox, score }, index) => {
      const { width, height } = faces[index]!.exactBox;
      expect(points68ByBox).toBeCloseTo(1 / Math.sqrt(width * (height / 1.125)), 9);
      expect(points5ByBox).toBeCloseTo(points68ByBox, 9);
      expect(score).toBe(0.5);
    });
  });
});

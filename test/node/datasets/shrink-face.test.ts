import { describe, expect, it } from 'vitest';
import type { RgbImage } from '../../../src/geometry/rgb-image.js';
import { faceBoxFromLandmarks } from '../../../src/landmarks/face-box.js';
import { boxSize } from '../../../src/metrics/normalizers.js';
import * as degradations from '../../../src/node/datasets/sharp-degradations.js';
import { shrinkFace } from '../../../src/node/datasets/shrink-face.js';
import { photograph } from '../../support/faces/photograph.js';
import { runWithPackages } from '../../support/run-with-packages.js';

function flat(value: number, size = 40): RgbImage {
  return { data: new Float32Array(size * size * 3).fill(value), width: size, height: size };
}

const RANGE = { low: 16, high: 20 };

const red = ({ data }: RgbImage) => Array.from(data).filter((_, index) => index % 3 === 0);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('shrinkFace', () => {
  it('makes the same small face every time, and others for other faces, seeds and sizes', async () => {
    const first = await shrinkFace(photograph(), RANGE, 4);
    expect(await shrinkFace(photograph(), RANGE, 4)).toEqual(first);
    expect((await shrinkFace(photograph(), RANGE, 5)).exactBox).not.toEqual(first.exactBox);
    expect((await shrinkFace(photograph(), RANGE, 4, 1)).exactBox).not.toEqual(first.exactBox);
    expect((await shrinkFace(photograph(), { low: 17, high: 20 }, 4)).jitteredBox).not.toEqual(first.jitteredBox);
  });

  it('makes faces of the given size, whose points move with the pixels', async () => {
    for (let face = 0; face < 30; face += 1) {
      const { image, points, exactBox, size } = await shrinkFace(photograph(), RANGE, face);
      expect(exactBox).toEqual(faceBoxFromLandmarks(points));
      expect(size).toBeGreaterThanOrEqual(16);
      expect(size).toBeLessThan(20);
      expect(Math.abs(boxSize(exactBox) - size)).toBeLessThan(0.5);
      expect(boxSize(exactBox)).toBeGreaterThan(15.5);
      expect(boxSize(exactBox)).toBeLessThan(20.5);
      expect(Math.abs(image.width / image.height - 150 / 140)).toBeLessThan(0.04);
      const centre = { x: (points[0]!.x + 0.5) / image.width, y: (points[0]!.y + 0.5) / image.height };
      expect(centre.x).toBeCloseTo(105.5 / 150, 6);
      expect(centre.y).toBeCloseTo(70.5 / 140, 6);
    }
  });

  it('jitters boxes by up to 15 % and a factor of 0.8 to 1.25, on average not at all', async () => {
    const shifts: number[] = [];
    const scales: number[] = [];
    for (let face = 0; face < 200; face += 1) {
      const { exactBox: exact, jitteredBox: box } = await shrinkFace(photograph(), RANGE, face);
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

describe('degradations with sharp', () => {
  it('keep the size and nearly the colours', async () => {
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

  it('say what to install if sharp is missing', async () => {
    const outcome = await runWithPackages('test/node/images/load-sharp.fixture.ts', { sharp: null });
    expect(outcome).toMatchObject({ name: 'PackageUnavailableError', code: 'PACKAGE_UNAVAILABLE' });
    expect(outcome.message).toContain('npm install sharp');
  });
});

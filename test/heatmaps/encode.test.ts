import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { encodeHeatmapArray, encodeHeatmaps } from '../../src/heatmaps/encode.js';
import { expectNoLeak, useCpu } from '../support/tensors.js';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const hidden = { x: Number.NaN, y: Number.NaN };

describe('encodeHeatmapArray', () => {
  it('is exp(-d²/2σ²) of the exact distance at every pixel, cut off under 0.01; the background is 1 minus the highest', () => {
    const point = fc.record({ x: real(-4, 20), y: real(-4, 20) });
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 4 }), real(0.5, 4), (points, sigma) => {
        const size = 16;
        const heatmaps = encodeHeatmapArray(points, { size, sigma });
        const channels = points.length + 1;
        expect(heatmaps).toHaveLength(size * size * channels);
        for (let pixel = 0; pixel < size * size; pixel++) {
          const values = points.map(({ x, y }) => {
            const squared = ((pixel % size) - x) ** 2 + (Math.floor(pixel / size) - y) ** 2;
            const value = Math.exp(-squared / (2 * sigma ** 2));
            return value < 0.01 ? 0 : value;
          });
          const expected = [...values, 1 - Math.max(...values)];
          expected.forEach((value, channel) => {
            expect(Math.abs(heatmaps[pixel * channels + channel]! - value)).toBeLessThan(1e-6);
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('does not round the centre: a point between two pixels gives both the same, lower value', () => {
    const row = encodeHeatmapArray([{ x: 3.5, y: 2 }], { size: 8 });
    const at = (x: number, y: number) => row[(y * 8 + x) * 2]!;
    expect(at(3, 2)).toBe(at(4, 2));
    expect(at(3, 2)).toBeCloseTo(Math.exp(-0.25 / 8), 6);
    const shifted = encodeHeatmapArray([{ x: 3.6, y: 2 }], { size: 8 });
    expect(shifted[(2 * 8 + 4) * 2]!).toBeGreaterThan(shifted[(2 * 8 + 3) * 2]!);
  });

  it('has a standard deviation of 2 pixels by default, and a radius of 6', () => {
    const map = encodeHeatmapArray([{ x: 10, y: 10 }], { size: 21 });
    const at = (x: number) => map[(10 * 21 + x) * 2]!;
    expect(at(10)).toBe(1);
    expect(at(12)).toBeCloseTo(Math.exp(-0.5), 6);
    expect(at(16)).toBeCloseTo(0.0111, 4);
    expect(at(17)).toBe(0);
  });

  it('is empty, with a background of 1, for a landmark that is invisible or far outside', () => {
    for (const point of [hidden, { x: 3, y: Number.NaN }, { x: -40, y: 3 }, { x: Number.POSITIVE_INFINITY, y: 0 }]) {
      const heatmaps = encodeHeatmapArray([point], { size: 4 });
      expect([...heatmaps]).toEqual(Array.from({ length: 16 }, () => [0, 1]).flat());
    }
  });

  it('keeps the visible part of a landmark just outside', () => {
    const heatmaps = encodeHeatmapArray([{ x: -1, y: 1 }], { size: 4 });
    expect(heatmaps[4 * 2]).toBeCloseTo(Math.exp(-1 / 8), 6);
  });
});

describe('encodeHeatmaps', () => {
  beforeAll(useCpu);

  it('stacks the faces, channels last', async () => {
    const faces = [
      [{ x: 1, y: 2 }, hidden],
      [
        { x: 5.5, y: 0 },
        { x: 2, y: 7 },
      ],
    ];
    const heatmaps = encodeHeatmaps(faces, { size: 8 });
    expect(heatmaps.shape).toEqual([2, 8, 8, 3]);
    const expected = faces.flatMap((points) => [...encodeHeatmapArray(points, { size: 8 })]);
    expect([...(await heatmaps.data())]).toEqual(expected);
    heatmaps.dispose();
  });

  it('makes one tensor, owned by the caller', async () => {
    await expectNoLeak(() => encodeHeatmaps([[{ x: 1, y: 1 }]], { size: 4 }).dispose());
    const before = tf.memory().numTensors;
    const made = encodeHeatmaps([[{ x: 1, y: 1 }]], { size: 4 });
    expect(tf.memory().numTensors - before).toBe(1);
    made.dispose();
  });

  it('refuses faces that differ in their number of points', async () => {
    const faces = [[{ x: 1, y: 1 }, hidden], [{ x: 1, y: 1 }]];
    await expectNoLeak(() => expect(() => encodeHeatmaps(faces, { size: 4 })).toThrow(InvalidArgumentError));
    expect(() => encodeHeatmaps(faces, { size: 4 })).toThrow('Face 1 has 1 points, face 0 has 2');
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitBatch, toShares, weightedMetrics, weightedSum } from '../../src/training-loop/shards.js';

const batchOf = (samples: number) => ({
  images: { shape: [samples, 2, 3], data: Float32Array.from({ length: samples * 6 }, (_, i) => i) },
  labels: { shape: [samples], data: Float32Array.from({ length: samples }, (_, i) => 100 + i) },
});

describe('splitBatch', () => {
  it('splits all tensors at the same samples, into parts that differ by at most one, in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 }), (samples, workers) => {
        const batch = batchOf(samples);
        const parts = splitBatch(batch, workers);
        expect(parts).toHaveLength(Math.min(samples, workers));
        const sizes = parts.map(({ samples }) => samples);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        for (const name of ['images', 'labels'] as const) {
          expect(parts.flatMap(({ batch }) => Array.from(batch[name]!.data))).toEqual(Array.from(batch[name].data));
          expect(parts.map(({ batch }) => batch[name]!.shape)).toEqual(
            sizes.map((size) => [size, ...batch[name].shape.slice(1)]),
          );
        }
      }),
    );
  });

  it('copies, so that parts can be moved to other threads', () => {
    const batch = batchOf(4);
    const [part] = splitBatch(batch, 2);
    structuredClone(part!.batch.images!.data, { transfer: [part!.batch.images!.data.buffer as ArrayBuffer] });
    expect(batch.images.data).toHaveLength(24);
  });
});

describe('weighted means', () => {
  it('are weighted sums with shares that add up to 1', () => {
    const shares = toShares([3, 1]);
    expect(shares).toEqual([0.75, 0.25]);
    expect(weightedSum([Float32Array.of(4, 8), Float32Array.of(8, -4)], shares)).toEqual(Float32Array.of(5, 5));
    expect(weightedMetrics([{ loss: 1 }, { loss: 5 }], shares)).toEqual({ loss: 2 });
  });

  it('of equal numbers are bit for bit these numbers', () => {
    const share = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(
        fc.float({ noNaN: true, noDefaultInfinity: true }),
        fc.array(share, { minLength: 1 }),
        (value, all) => {
          const [sum] = weightedSum(
            all.map(() => Float32Array.of(value)),
            toShares(all),
          );
          expect(sum === value).toBe(true);
        },
      ),
    );
  });

  it('ignore a part with share 0, even NaN, and keep a NaN of the others', () => {
    const parts = [Float32Array.of(Number.NaN), Float32Array.of(2)];
    expect(weightedSum(parts, [0, 1])[0]).toBe(2);
    expect(weightedSum(parts, [0.5, 0.5])[0]).toBeNaN();
    expect(weightedMetrics([{ loss: Number.NaN }, { loss: 2 }], [0, 1])).toEqual({ loss: 2 });
    expect(weightedMetrics([{ loss: Number.NaN }, { loss: 2 }], [0.5, 0.5]).loss).toBeNaN();
  });
});

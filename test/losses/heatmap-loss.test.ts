import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useBackend } from '../../src/backends/use-backend.js';
import { type HeatmapReduction, heatmapLoss } from '../../src/losses/heatmap-loss.js';
import '@tensorflow/tfjs-layers'; // Registers the gradients.
import { largestDifference, normalTensor } from '../support/numbers.js';
import { expectNoLeak } from '../support/tensors.js';

/** 2 faces of 1 x 2 pixels, two landmarks and the background. */
const truth = [1, 0, 0, /**/ 0, 1, 0, /* second face */ 0, 0, 1, /**/ 0.5, 0, 0.5];
const prediction = [0, 0, 1, /**/ 2, 1, 0, /* second face */ 0, 3, 1, /**/ 0, 0, 0];
// Squared: 1, 0, 1; 4, 0, 0; second: 0, 9, 0; 0.25, 0, 0.25.

async function lossOf(visible: number[], reduction?: HeatmapReduction) {
  const tensors = [tf.tensor4d(truth, [2, 1, 2, 3]), tf.tensor4d(prediction, [2, 1, 2, 3])] as const;
  const mask = tf.tensor4d(visible, [2, 1, 1, 3]);
  const { total, landmarks, background } = heatmapLoss(...tensors, mask, reduction);
  const values = await Promise.all([total, landmarks, background].map((scalar) => scalar.data()));
  tf.dispose([...tensors, mask, total, landmarks, background]);
  return values.map(([value]) => value);
}

const all = [1, 1, 1, 1, 1, 1];

describe.each(['wasm', 'cpu'] as const)('heatmapLoss on %s', (backend) => {
  it.each([
    // Landmarks 1 + 4 + 9 + 0.25, background 1 + 0.25; 4 pixels, 12 values.
    ['sum-channels', [15.5 / 4, 14.25 / 4, 1.25 / 4]],
    ['mean', [15.5 / 12, 14.25 / 12, 1.25 / 12]],
    ['sum', [15.5, 14.25, 1.25]],
  ] as const)('adds up by %s', async (reduction, expected) => {
    await useBackend(backend);
    expect(largestDifference((await lossOf(all, reduction)) as number[], expected)).toBeLessThan(1e-6);
  });

  it('sums over channels and takes the mean over pixels and faces by default', async () => {
    await useBackend(backend);
    expect(await lossOf(all)).toEqual(await lossOf(all, 'sum-channels'));
  });

  it('ignores invisible landmarks, face by face', async () => {
    await useBackend(backend);
    // The second face's second landmark hides the 9, the first face's first the 1 and the 4; the divisor stays.
    expect(await lossOf([0, 1, 1, 1, 0, 1], 'sum')).toEqual([1.5, 0.25, 1.25]);
    expect(await lossOf([0, 1, 1, 1, 0, 1])).toEqual([1.5 / 4, 0.25 / 4, 1.25 / 4]);
  });
});

describe('heatmapLoss', () => {
  it('has the gradient 2 (prediction - truth) visible, scaled as the reduction says', async () => {
    await useBackend('wasm');
    const [truth, prediction] = [normalTensor([3, 2, 2, 4], 1), normalTensor([3, 2, 2, 4], 2)];
    const visible = tf.tensor4d([1, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1], [3, 1, 1, 4]);
    for (const [reduction, scale] of [
      ['sum-channels', 1 / 12],
      ['mean', 1 / 48],
      ['sum', 1],
    ] as const) {
      const gradient = tf.grad((p) => heatmapLoss(truth, p as tf.Tensor4D, visible, reduction).total)(prediction);
      const expected = tf.mul(tf.mul(tf.sub(prediction, truth), visible), 2 * scale);
      expect(largestDifference(await gradient.data(), await expected.data())).toBeLessThan(1e-5);
    }
  });

  it('is zero for a perfect prediction, and the sum of its parts', async () => {
    await useBackend('cpu');
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const [t, p] = [normalTensor([2, 3, 3, 3], seed), normalTensor([2, 3, 3, 3], seed + 1)];
        const ones = tf.ones([2, 1, 1, 3]) as tf.Tensor4D;
        const perfect = heatmapLoss(t, t, ones);
        expect((await perfect.total.data())[0]).toBe(0);
        const { total, landmarks, background } = heatmapLoss(t, p, ones);
        const [sum, l, b] = await Promise.all([total, landmarks, background].map(async (s) => (await s.data())[0]!));
        expect(Math.abs(sum! - l! - b!)).toBeLessThan(1e-5);
      }),
      { numRuns: 20 },
    );
  });

  it('returns three scalars and leaks no tensor', async () => {
    await useBackend('wasm');
    await expectNoLeak(() => lossOf(all));
  });
});

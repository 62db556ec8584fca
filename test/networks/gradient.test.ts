import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { encodeHeatmaps } from '../../src/heatmaps/encode.js';
import { heatmapLoss } from '../../src/losses/heatmap-loss.js';
import { normalTensor } from '../support/numbers.js';
import { useWasm } from '../support/tensors.js';
import { tinyNetwork } from './tiny-network.js';

beforeAll(useWasm);

/** Central difference of a function of one number. */
async function slope(f: (change: number) => Promise<number>, step: number): Promise<number> {
  return ((await f(step)) - (await f(-step))) / (2 * step);
}

describe('the gradient of heatmapLoss through a HeatmapUNet', () => {
  it('is the finite difference of the loss, for the steepest weight of every layer', async () => {
    const network = tinyNetwork();
    const images = normalTensor([4, 8, 8, 3], 1, 0, 0.5);
    const faces = [1, 2, 3, 4].map((i) => [
      { x: i, y: 2.3 },
      { x: 6 - i / 2, y: 5.1 },
    ]);
    const truth = encodeHeatmaps(faces, { size: 8 });
    const visible = tf.tensor4d([1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 0, 1], [4, 1, 1, 3]);
    const variables = network.trainableVariables;
    const { grads } = tf.variableGrads(
      () => heatmapLoss(truth, network.apply(images, { training: true }), visible, 'sum').total,
      variables,
    );

    // The loss by its definition, in double precision: single precision would drown the differences.
    const [truthValues, mask] = [await truth.data(), await visible.data()];
    const loss = async () => {
      const prediction = network.apply(images, { training: true });
      const values = await prediction.data();
      prediction.dispose();
      const terms = values.map((value, i) => (value - truthValues[i]!) ** 2 * mask[Math.floor(i / 192) * 3 + (i % 3)]!);
      return Float64Array.from(terms).reduce((sum, term) => sum + term, 0);
    };

    for (const [index, variable] of variables.entries()) {
      const name = network.model.trainableWeights[index]!.originalName;
      const gradient = (await grads[variable.name]!.data()) as Float32Array;
      const steepest = gradient.reduce((best, value, i) => (Math.abs(value) > Math.abs(gradient[best]!) ? i : best), 0);
      const start = Float32Array.from(await variable.data());
      const moved = async (change: number) => {
        const values = Float32Array.from(start);
        values[steepest]! += change;
        tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
        return loss();
      };
      const measured = await slope(moved, 4e-3);
      await moved(0);
      const expected = gradient[steepest]!;
      expect(Math.abs(expected), `${name} is flat`).toBeGreaterThan(0.1);
      expect(Math.abs(measured - expected), `${name}: ${expected}, measured ${measured}`).toBeLessThan(
        0.03 * Math.abs(expected),
      );
    }
    tf.dispose([images, truth, visible, grads]);
    network.dispose();
  });
});

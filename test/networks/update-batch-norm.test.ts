import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { HeatmapUNet } from '../../src/networks/heatmap-unet.js';
import { updateBatchNorm } from '../../src/networks/update-batch-norm.js';
import { expectNoLeak } from '../support/tensors.js';
import { tinyConfig } from './tiny-network.js';

it('updateBatchNorm sets the running statistics to the mean over the batches, whatever their previous values', async () => {
  using network = new HeatmapUNet(tinyConfig);
  const batches = [1, 2, 3].map((seed) => tf.randomNormal([4, 8, 8, 3], seed, 1, 'float32', seed) as tf.Tensor4D);
  const read = async (name: string) => Array.from(await network.weights[name]!.data());
  const names = ['stem_norm/moving_mean', 'encoder2_block1_norm1/moving_variance'];
  const own: number[][][] = [];
  for (const batch of batches) {
    // One batch at a time, from 0: a tenth of its statistics.
    const zeros = Object.fromEntries(
      Object.entries(network.weights).map(([name, tensor]) => [
        name,
        name.includes('moving') ? tf.zerosLike(tensor) : tensor,
      ]),
    );
    network.setWeights(zeros);
    network.apply(batch, { training: true }).dispose();
    own.push(await Promise.all(names.map(async (name) => (await read(name)).map((value) => value * 10))));
  }
  const run = async (index: number) => network.apply(batches[index]!, { training: true }).dispose();
  await expectNoLeak(() => updateBatchNorm(network, run, batches.length));
  for (const [index, name] of names.entries()) {
    (await read(name)).forEach((value, channel) => {
      const mean = own.reduce((sum, statistics) => sum + statistics[index]![channel]!, 0) / own.length;
      expect(value, name).toBeCloseTo(mean, 4);
    });
  }
});

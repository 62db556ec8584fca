import * as tf from '@tensorflow/tfjs-core';
import { HeatmapUNet } from '../../src/networks/heatmap-unet.js';
import type { HeatmapUNetConfig } from '../../src/networks/heatmap-unet-config.js';
import type { NamedTensors } from '../../src/networks/plain-tensors.js';
import { normalNumbers } from '../support/numbers.js';

/** Two groups that differ in width, so that every kind of layer occurs. */
export const tinyConfig: HeatmapUNetConfig = {
  inputSize: 8,
  inputChannels: 3,
  landmarks: 2,
  widths: [4, 6],
  seed: 1,
};

/**
 * Gives a network weights as training might: everywhere different, BatchNorm's statistics and gains not 0 and 1, the
 * output not tiny.
 */
function randomizeWeights(network: HeatmapUNet, seed = 5): void {
  tf.tidy(() => {
    const random: NamedTensors = {};
    Object.entries(network.weights).forEach(([name, { shape, size }], index) => {
      const fanIn = shape.slice(0, -1).reduce((product, dimension) => product * dimension, 1);
      const normal = normalNumbers(size, seed + index);
      const values = name.endsWith('kernel')
        ? normal.map((value) => value * Math.sqrt(1.5 / fanIn))
        : name.endsWith('gamma') || name.endsWith('moving_variance')
          ? normal.map((value) => 0.5 + Math.abs(value))
          : normal.map((value) => 0.3 * value);
      random[name] = tf.tensor(values, shape);
    });
    network.setWeights(random);
  });
}

/** A network with {@link randomizeWeights}. */
export function tinyNetwork(config: Partial<HeatmapUNetConfig> = {}): HeatmapUNet {
  const network = new HeatmapUNet({ ...tinyConfig, ...config });
  randomizeWeights(network);
  return network;
}

/** Every weight as plain numbers. */
export async function weightValues(network: HeatmapUNet): Promise<Record<string, number[]>> {
  const values: Record<string, number[]> = {};
  for (const [name, weight] of Object.entries(network.weights)) values[name] = [...(await weight.data())];
  return values;
}

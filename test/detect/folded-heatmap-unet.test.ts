import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { useBackend } from '../../src/backends/use-backend.js';
import { FoldedHeatmapUNet } from '../../src/detect/folded-heatmap-unet.js';
import { InvalidArgumentError, WeightsMismatchError } from '../../src/errors.js';
import type { NetworkWeights } from '../../src/formats/weights-file.js';
import type { HeatmapUNetConfig } from '../../src/networks/heatmap-unet-config.js';
import { tinyConfig, tinyNetwork } from '../networks/tiny-network.js';
import { largestDifference, normalTensor } from '../support/numbers.js';
import { expectNoLeak } from '../support/tensors.js';
import { plainWeights, tinyWeights } from './tiny-weights.js';

const small: Partial<HeatmapUNetConfig>[] = [
  {},
  { widths: [5, 5] },
  { widths: [3], landmarks: 5 },
  { inputSize: 16, widths: [2, 4, 4, 3], inputChannels: 1 },
];
/** As large as the network in this package: a second on wasm, half a minute on cpu. */
const large: Partial<HeatmapUNetConfig> = { inputSize: 32, widths: [32, 48, 64, 96], landmarks: 68 };

describe.each([
  { backend: 'wasm', configs: [...small, large] },
  { backend: 'cpu', configs: small },
] as const)('FoldedHeatmapUNet on $backend', ({ backend, configs }) => {
  it.each(configs)('agrees with HeatmapUNet on its running statistics (%o)', async (config) => {
    await useBackend(backend);
    const network = tinyNetwork(config);
    const folded = new FoldedHeatmapUNet(await plainWeights(network));
    const { inputSize, inputChannels } = network.config;
    const faces = normalTensor([3, inputSize, inputSize, inputChannels], 1, 0, 0.5);
    const [expected, found] = [network.apply(faces), folded.apply(faces)];
    const values = await expected.data();
    const spread = largestDifference(values, new Float32Array(values.length));
    expect(spread).toBeGreaterThan(0.2); // Not a comparison of zeros.
    expect(found.shape).toEqual(expected.shape);
    expect(largestDifference(await found.data(), values)).toBeLessThan(1e-4 * Math.max(1, spread));
    tf.dispose([faces, expected, found]);
    network.dispose();
    folded.dispose();
  });
});

describe('FoldedHeatmapUNet', () => {
  it('keeps its weights until disposed, and of a pass only the result', async () => {
    const weights = await tinyWeights();
    await expectNoLeak(() => {
      const network = new FoldedHeatmapUNet(weights);
      const before = tf.memory().numTensors;
      const heatmaps = tf.tidy(() => network.apply(tf.zeros([2, 8, 8, 3])));
      expect(tf.memory().numTensors - before).toBe(1);
      heatmaps.dispose();
      network.dispose();
    });
  });

  const without = (name: string) => (weights: NetworkWeights) => {
    const { [name]: _, ...tensors } = weights.tensors;
    return { ...weights, tensors };
  };
  const withConfig = (config: unknown) => (weights: NetworkWeights) => ({ ...weights, config });

  it.each<[string, (weights: NetworkWeights) => NetworkWeights, new (m: string) => Error, string]>([
    ['a weight less', without('decoder1_narrow/bias'), WeightsMismatchError, 'decoder1_narrow/bias'],
    ['a statistic less', without('stem_norm/moving_variance'), WeightsMismatchError, 'stem_norm/moving_variance'],
    [
      'a weight more',
      (weights) => ({ ...weights, tensors: { ...weights.tensors, extra: { shape: [1], data: Float32Array.of(1) } } }),
      WeightsMismatchError,
      '"extra"',
    ],
    [
      'the configuration of a wider one',
      withConfig({ ...tinyConfig, widths: [4, 8] }),
      WeightsMismatchError,
      'encoder2_block1_conv1/kernel',
    ],
    [
      'the configuration of more landmarks',
      withConfig({ ...tinyConfig, landmarks: 3 }),
      WeightsMismatchError,
      'heatmaps/kernel',
    ],
    ['an impossible configuration', withConfig({ ...tinyConfig, inputSize: 9 }), InvalidArgumentError, 'inputSize 9'],
  ])('refuses weights with %s, allocating nothing', async (_, spoil, kind, message) => {
    const spoiled = spoil(await tinyWeights());
    await expectNoLeak(() => {
      expect(() => new FoldedHeatmapUNet(spoiled)).toThrow(kind);
      expect(() => new FoldedHeatmapUNet(spoiled)).toThrow(message);
    });
  });
});

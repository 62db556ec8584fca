import type * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError, WeightsCorruptError, WeightsMismatchError } from '../../src/errors.js';
import { HeatmapUNet } from '../../src/networks/heatmap-unet.js';
import { expectNoLeak } from '../support/tensors.js';
import { savedArtifacts } from './saved-artifacts.js';
import { tinyConfig, tinyNetwork, weightValues } from './tiny-network.js';

const loadFrom = (artifacts: tf.io.ModelArtifacts) => HeatmapUNet.load({ load: async () => artifacts });

describe('saving through a tfjs IO handler', () => {
  it('keeps configuration and every weight, and takes none with it', async () => {
    using network = tinyNetwork({ landmarks: 5 });
    await expectNoLeak(async () => {
      using loaded = await loadFrom(await savedArtifacts(network));
      expect(loaded.config).toEqual(network.config);
      expect(await weightValues(loaded)).toEqual(await weightValues(network));
    });
  });

  it('passes the handler’s answer on', async () => {
    using network = new HeatmapUNet(tinyConfig);
    const answer = { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' as const } };
    expect(await network.save({ save: async () => answer })).toBe(answer);
  });

  it('refuses handlers that do only the other half', async () => {
    using network = new HeatmapUNet(tinyConfig);
    await expect(network.save({ load: async () => ({}) })).rejects.toThrow(InvalidArgumentError);
    await expect(HeatmapUNet.load({ save: async () => ({}) as never })).rejects.toThrow(InvalidArgumentError);
  });
});

describe('loading what is not such a network', () => {
  const spoiled: [string, (saved: tf.io.ModelArtifacts) => tf.io.ModelArtifacts, new (m: string) => Error, string][] = [
    [
      'another kind of network',
      (saved) => ({ ...saved, modelTopology: { ...saved.modelTopology, network: 'LowResDiscriminator' } }),
      WeightsMismatchError,
      'weights of a LowResDiscriminator, not of a HeatmapUNet',
    ],
    [
      'another tfjs model',
      (saved) => ({ ...saved, modelTopology: { class_name: 'Model' } }),
      WeightsCorruptError,
      'no configuration',
    ],
    [
      'a configuration alone',
      ({ modelTopology }) => ({ modelTopology: modelTopology! }),
      WeightsCorruptError,
      'no weights',
    ],
    [
      'truncated weights',
      (saved) => ({ ...saved, weightData: (saved.weightData as ArrayBuffer).slice(0, 5000) }),
      WeightsCorruptError,
      'truncated or damaged',
    ],
    [
      'weights of another width',
      (saved) => ({
        ...saved,
        modelTopology: { ...saved.modelTopology, config: { ...tinyConfig, widths: [5, 5] } },
      }),
      WeightsMismatchError,
      'encoder2_block1_identity/kernel',
    ],
    [
      'an impossible configuration',
      (saved) => ({ ...saved, modelTopology: { ...saved.modelTopology, config: { inputSize: 9 } } }),
      InvalidArgumentError,
      'inputSize 9',
    ],
  ];

  it.each(spoiled)('refuses %s, and leaves nothing behind', async (_, spoil, kind, message) => {
    using network = tinyNetwork();
    const saved = spoil(await savedArtifacts(network));
    await expectNoLeak(async () => {
      await expect(loadFrom(saved)).rejects.toThrow(kind);
      await expect(loadFrom(saved)).rejects.toThrow(message);
    });
  });
});

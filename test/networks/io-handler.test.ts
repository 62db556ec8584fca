import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createLandmarkDetector } from '../../src/detect/create-landmark-detector.js';
import { InvalidArgumentError, WeightsCorruptError } from '../../src/errors.js';
import { HeatmapUNet } from '../../src/networks/heatmap-unet.js';
import { loadFromHandler, saveToHandler } from '../../src/networks/io-handler.js';
import { expectNoLeak } from '../support/tensors.js';
import { tinyNetwork, weightValues } from './tiny-network.js';

const result: tf.io.SaveResult = { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };

/** What reaches a handler when a file is saved to it. */
async function artifactsOf(file: Uint8Array): Promise<tf.io.ModelArtifacts> {
  const saved: tf.io.ModelArtifacts[] = [];
  const handler = tf.io.withSaveHandler(async (artifacts) => {
    saved.push(artifacts);
    return result;
  });
  expect(await saveToHandler(handler, file)).toBe(result);
  // IndexedDB copies what it is given, as structuredClone does.
  return structuredClone(saved[0]!);
}

/** What `network.save(handler)` gave a handler up to version 0.1. */
async function formerArtifactsOf(network: HeatmapUNet): Promise<tf.io.ModelArtifacts> {
  const { data, specs } = await tf.io.encodeWeights(network.weights as tf.NamedTensorMap);
  return {
    modelTopology: { network: network.kind, config: network.config },
    format: 'lowres-landmarks',
    weightSpecs: specs,
    weightData: data,
  };
}

describe('saveToHandler and loadFromHandler', () => {
  it('round-trip a weights file that loads as a network and as a detector', async () => {
    using network = tinyNetwork({ landmarks: 5 });
    await expectNoLeak(async () => {
      const file = await network.save('F32');
      const loaded = await loadFromHandler(tf.io.fromMemory(await artifactsOf(file)));
      expect(loaded).toEqual(file);
      using same = HeatmapUNet.load(loaded);
      expect(await weightValues(same)).toEqual(await weightValues(network));
      using detector = await createLandmarkDetector({ weights: loaded });
      expect(detector).toBeDefined();
    });
  });

  it('save the file only, not the rest of its buffer', async () => {
    const memory = Uint8Array.from([1, 2, 3, 4]);
    const { weightData } = await artifactsOf(memory.subarray(1, 3));
    expect([...new Uint8Array(weightData as ArrayBuffer)]).toEqual([2, 3]);
  });

  it('load what version 0.1 saved, bit for bit', async () => {
    using network = tinyNetwork({ landmarks: 5 });
    const former = await formerArtifactsOf(network);
    await expectNoLeak(async () => {
      using loaded = HeatmapUNet.load(await loadFromHandler(tf.io.fromMemory(former)));
      expect(loaded.config).toEqual(network.config);
      expect(await weightValues(loaded)).toEqual(await weightValues(network));
    });
  });

  it('refuse a handler that cannot save, or cannot load', async () => {
    await expect(saveToHandler({ load: async () => ({}) }, new Uint8Array())).rejects.toThrow(InvalidArgumentError);
    await expect(loadFromHandler({ save: async () => result })).rejects.toThrow(InvalidArgumentError);
  });

  it('refuse missing and truncated weights, and another model', async () => {
    using network = tinyNetwork();
    const former = await formerArtifactsOf(network);
    const load = async (changes: Partial<tf.io.ModelArtifacts>) => {
      const file = await loadFromHandler({ load: async () => ({ ...former, ...changes }) });
      HeatmapUNet.load(file).dispose();
    };
    await expectNoLeak(async () => {
      await load({});
      const { weightData, modelTopology } = former;
      const truncated = (weightData as ArrayBuffer).slice(0, 5000);
      for (const changes of [
        { weightData: undefined! },
        { weightData: truncated },
        { weightSpecs: undefined! },
        { modelTopology: { ...modelTopology, config: undefined } },
        { modelTopology: { class_name: 'Model' } },
      ]) {
        await expect(load(changes), JSON.stringify(Object.keys(changes))).rejects.toThrow(
          'weightSpecs' in changes ? 'lack' : WeightsCorruptError,
        );
      }
    });
  });
});

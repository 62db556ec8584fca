import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { encodeWeightsFile } from '../../../src/formats/weights-file.js';
import { createLandmarkDetector } from '../../../src/detect/create-landmark-detector.js';
import { WeightsCorruptError, WeightsMismatchError } from '../../../src/errors.js';
import { HeatmapUNet } from '../../../src/networks/heatmap-unet.js';
import { networkFile } from '../../../src/node/runs/network-file.js';
import { tinyWeights } from '../../detect/tiny-weights.js';
import { tinyNetwork, weightValues } from '../../networks/tiny-network.js';
import { largestDifference, normalTensor } from '../../support/numbers.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { expectNoLeak } from '../../support/tensors.js';

describe('networkFile', () => {
  it('keeps a network to the last bit, and its configuration', async () => {
    const path = join(await temporaryFolder(), 'runs/1/network.safetensors');
    using network = tinyNetwork({ landmarks: 5 });
    await expectNoLeak(async () => {
      const { modelArtifactsInfo } = await network.save(networkFile(path));
      expect(modelArtifactsInfo.weightDataBytes).toBe(4 * network.parameterCount);
      using loaded = await HeatmapUNet.load(networkFile(path));
      expect(loaded.config).toEqual(network.config);
      expect(await weightValues(loaded)).toEqual(await weightValues(network));
      tf.tidy(() => {
        const images = normalTensor([1, 8, 8, 3], 1);
        expect([...loaded.apply(images).dataSync()]).toEqual([...network.apply(images).dataSync()]);
      });
    });
    expect(await readdir(join(path, '..'))).toEqual(['network.safetensors']);
  });

  it('writes what createLandmarkDetector reads', async () => {
    const path = join(await temporaryFolder(), 'network.safetensors');
    using network = tinyNetwork({ landmarks: 5 });
    await network.save(networkFile(path));
    using detector = await createLandmarkDetector({ weights: await readFile(path) });
    const { points } = await detector.detect({ data: new Uint8Array(64), width: 8, height: 8 });
    expect(points).toHaveLength(5);
  });

  it('loads the half-precision files of trainers', async () => {
    const path = join(await temporaryFolder(), 'half.safetensors');
    const weights = await tinyWeights();
    await writeFile(path, encodeWeightsFile(weights, 'F16'));
    using loaded = await HeatmapUNet.load(networkFile(path));
    for (const [name, values] of Object.entries(await weightValues(loaded))) {
      expect(largestDifference(values, weights.tensors[name]!.data)).toBeLessThan(2e-3);
    }
  });

  it('refuses other tfjs models, and writes nothing', async () => {
    const folder = await temporaryFolder();
    const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [2] })] });
    await expect(model.save(networkFile(join(folder, 'model')))).rejects.toThrow(WeightsMismatchError);
    expect(await readdir(folder)).toEqual([]);
    model.dispose();
  });

  it('refuses damaged files and other networks, leaving nothing', async () => {
    const path = join(await temporaryFolder(), 'network.safetensors');
    const weights = await tinyWeights();
    const intact = encodeWeightsFile(weights, 'F32');
    const changed = Uint8Array.from(intact);
    changed[changed.length - 7]! ^= 4;
    await expectNoLeak(async () => {
      for (const [content, kind] of [
        [intact.subarray(0, intact.length - 50), WeightsCorruptError],
        [changed, WeightsCorruptError],
        [encodeWeightsFile({ ...weights, network: 'HighToLowGenerator' }), WeightsMismatchError],
      ] as const) {
        await writeFile(path, content);
        await expect(HeatmapUNet.load(networkFile(path))).rejects.toThrow(kind);
      }
    });
  });
});

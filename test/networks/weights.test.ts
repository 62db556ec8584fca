import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { DisposedError, InvalidArgumentError, WeightsCorruptError, WeightsMismatchError } from '../../src/errors.js';
import { decodeWeightsFile, encodeWeightsFile, type NetworkWeights } from '../../src/formats/weights-file.js';
import { HeatmapUNet } from '../../src/networks/heatmap-unet.js';
import { HighToLowGenerator } from '../../src/networks/high-to-low-generator.js';
import type { Network } from '../../src/networks/network.js';
import { largestDifference } from '../support/numbers.js';
import { expectNoLeak } from '../support/tensors.js';
import { tinyConfig, tinyNetwork, weightValues } from './tiny-network.js';

describe('network.save and Network.load', () => {
  it('keep the configuration and every bit of the weights in single precision, and leak no tensor', async () => {
    using network = tinyNetwork({ landmarks: 5 });
    await expectNoLeak(async () => {
      using loaded = HeatmapUNet.load(await network.save('F32'));
      expect(loaded.config).toEqual(network.config);
      expect(await weightValues(loaded)).toEqual(await weightValues(network));
    });
  });

  it('use half precision by default', async () => {
    using network = tinyNetwork();
    const file = await network.save();
    using loaded = HeatmapUNet.load(file);
    const before = await weightValues(network);
    for (const [name, values] of Object.entries(await weightValues(loaded))) {
      expect(largestDifference(values, before[name]!)).toBeLessThan(2e-3);
    }
    expect(file).toEqual(await network.save('F16'));
    expect(file.length).toBeLessThan((await network.save('F32')).length);
  });

  it.each([
    ['heatmap-unet-68', (file: Uint8Array): Network => HeatmapUNet.load(file)],
    ['high-to-low-generator', (file: Uint8Array): Network => HighToLowGenerator.load(file)],
  ])('reproduce the bundled %s byte for byte', async (name, load) => {
    const file = await readFile(new URL(`../../weights/${name}.safetensors`, import.meta.url));
    using network = load(file);
    expect(Buffer.compare(await network.save(), file)).toBe(0);
  });

  it('refuse to save a disposed network, or one whose class has no kind', async () => {
    const network = tinyNetwork();
    network.dispose();
    await expect(network.save()).rejects.toThrow(DisposedError);
    class Nameless extends HeatmapUNet {
      static override readonly kind = '';
    }
    using nameless = new Nameless(tinyConfig);
    await expect(nameless.save()).rejects.toThrow(InvalidArgumentError);
  });
});

describe('Network.load leaks no tensor when it refuses', () => {
  const encoded = (change: (weights: NetworkWeights) => object) => (file: Uint8Array) => {
    const weights = decodeWeightsFile(file);
    return encodeWeightsFile({ ...weights, ...change(weights) }, 'F32');
  };
  const damaged: [string, (file: Uint8Array) => unknown, new (m: string) => Error, string][] = [
    ['a path instead of bytes', () => 'network.safetensors', InvalidArgumentError, 'Uint8Array'],
    [
      'a file of another kind of network',
      encoded(() => ({ network: 'LowResDiscriminator' })),
      WeightsMismatchError,
      '"LowResDiscriminator", not of a HeatmapUNet',
    ],
    ['a truncated file', (file) => file.subarray(0, file.length - 50), WeightsCorruptError, 'truncated'],
    [
      'a file with a flipped bit',
      (file) => file.with(file.length - 7, file.at(-7)! ^ 4),
      WeightsCorruptError,
      'checksum',
    ],
    ['an empty file', () => new Uint8Array(), WeightsCorruptError, '0 bytes'],
    [
      'weights of other widths than the configuration',
      encoded(() => ({ config: { ...tinyConfig, widths: [5, 5] } })),
      WeightsMismatchError,
      'encoder2_block1_identity/kernel',
    ],
    [
      'a weight of another shape',
      encoded(({ tensors }) => ({
        tensors: { ...tensors, 'heatmaps/bias': { shape: [4], data: new Float32Array(4) } },
      })),
      WeightsMismatchError,
      'have "heatmaps/bias" of [4] for [3]',
    ],
    ['an impossible configuration', encoded(() => ({ config: { inputSize: 9 } })), InvalidArgumentError, 'inputSize 9'],
    ['a configuration that is null', encoded(() => ({ config: null })), InvalidArgumentError, 'configuration'],
  ];

  it.each(damaged)('%s', async (_, damage, kind, message) => {
    using network = tinyNetwork();
    const file = damage(await network.save('F32')) as Uint8Array;
    await expectNoLeak(() => {
      expect(() => HeatmapUNet.load(file)).toThrow(kind);
      expect(() => HeatmapUNet.load(file)).toThrow(message);
    });
  });

  it('a file too large for the backend’s memory', async () => {
    using network = tinyNetwork();
    const file = await network.save();
    class Full extends HeatmapUNet {
      override setWeights(): never {
        tf.zeros([1]);
        throw new Error('out of memory');
      }
    }
    await expectNoLeak(() => expect(() => Full.load(file)).toThrow('out of memory'));
  });
});

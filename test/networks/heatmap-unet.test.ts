import * as tf from '@tensorflow/tfjs-core';
import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { afterEach, describe, expect, it } from 'vitest';
import { DisposedError, InvalidArgumentError, WeightsMismatchError } from '../../src/errors.js';
import { HeatmapUNet } from '../../src/networks/heatmap-unet.js';
import type { HeatmapUNetConfig } from '../../src/networks/heatmap-unet-config.js';
import type { LayerFactory } from '../../src/networks/layer-factory.js';
import { largestDifference, normalTensor } from '../support/numbers.js';
import { expectNoLeak } from '../support/tensors.js';
import { tinyConfig, tinyNetwork, weightValues } from './tiny-network.js';

const owned: HeatmapUNet[] = [];
const keep = <Network extends HeatmapUNet>(network: Network): Network => {
  owned.push(network);
  return network;
};
afterEach(() => {
  for (const network of owned.splice(0)) network.dispose();
});

describe('HeatmapUNet', () => {
  it.each<[Partial<HeatmapUNetConfig>, number[]]>([
    [{}, [2, 8, 8, 3]],
    [{ landmarks: 5, widths: [4] }, [2, 8, 8, 6]],
    [{ inputSize: 16, widths: [4, 4, 8] }, [2, 16, 16, 3]],
    [{ inputSize: 16, inputChannels: 1, widths: [2, 3, 4, 5] }, [2, 16, 16, 3]],
  ])('with %o returns heatmaps of the input’s size, one more than landmarks', (config, shape) => {
    const network = keep(new HeatmapUNet({ ...tinyConfig, ...config }));
    const { inputSize, inputChannels } = network.config;
    const heatmaps = network.apply(normalTensor([2, inputSize, inputSize, inputChannels], 1));
    expect(heatmaps.shape).toEqual(shape);
    heatmaps.dispose();
  });

  it('has 16 residual blocks, 64 channels and 1.19 million parameters by default', async () => {
    const network = keep(new HeatmapUNet());
    expect(network.config).toEqual({
      inputSize: 32,
      inputChannels: 3,
      landmarks: 68,
      widths: [64, 64, 64, 64],
      seed: 0,
    });
    const blocks = new Set(Object.keys(network.weights).map((name) => /^.*_block\d/.exec(name)?.[0]));
    blocks.delete(undefined);
    expect(blocks.size).toBe(16);
    const [convolution, norm] = [3 * 3 * 64 * 64, 4 * 64];
    const stem = 3 * 3 * 3 * 64 + norm;
    const head = 64 * 69 + 69;
    expect(network.parameterCount).toBe(stem + 32 * (convolution + norm) + head);
    expect(network.parameterCount / 1e6).toBeCloseTo(1.19, 2);
    const heatmaps = network.apply(normalTensor([2, 32, 32, 3], 1), { training: true });
    expect(heatmaps.shape).toEqual([2, 32, 32, 69]);
    const meanSquare = await tf.mean(tf.square(heatmaps)).data();
    expect(meanSquare[0]).toBeLessThan(0.05); // It starts by answering almost zero.
  });

  it('has the same weights for the same seed, and other weights for another', async () => {
    const [one, same, other] = [1, 1, 2].map((seed) => keep(new HeatmapUNet({ ...tinyConfig, seed })));
    expect(await weightValues(one!)).toEqual(await weightValues(same!));
    const [a, b] = [await weightValues(one!), await weightValues(other!)];
    expect(Object.keys(a)).toEqual(Object.keys(b)); // Names do not depend on what else is loaded.
    for (const name of Object.keys(a).filter((name) => name.endsWith('kernel'))) expect(a[name]).not.toEqual(b[name]);
  });

  it('gives every trainable variable a gradient', async () => {
    const network = keep(tinyNetwork());
    const images = normalTensor([2, 8, 8, 3], 1);
    const { grads } = tf.variableGrads(
      () => tf.sum(tf.square(network.apply(images, { training: true }))) as tf.Scalar,
      network.trainableVariables,
    );
    expect(network.trainableVariables).toHaveLength(network.model.trainableWeights.length);
    for (const [index, { name }] of network.trainableVariables.entries()) {
      const largest = Math.max(...(await grads[name]!.data()).map(Math.abs));
      expect(largest, network.model.trainableWeights[index]!.originalName).toBeGreaterThan(1e-3);
    }
  });

  it('ignores the other faces of a batch and updates no statistics without training', async () => {
    const network = keep(tinyNetwork());
    const before = await weightValues(network);
    const images = normalTensor([3, 8, 8, 3], 1);
    const together = network.apply(images);
    const alone = network.apply(tf.slice(images, [1, 0, 0, 0], [1, 8, 8, 3]));
    const second = tf.slice(together, [1, 0, 0, 0], [1, 8, 8, 3]);
    expect(largestDifference(await second.data(), await alone.data())).toBeLessThan(1e-5);
    expect(await weightValues(network)).toEqual(before);
    network.apply(images, { training: true });
    const after = await weightValues(network);
    expect(Object.keys(before).filter((name) => `${before[name]}` !== `${after[name]}`)).toEqual(
      Object.keys(before).filter((name) => name.includes('moving_')),
    );
  });

  it('leaves no tensor behind', async () => {
    await expectNoLeak(() => {
      using network = new HeatmapUNet(tinyConfig);
      tf.tidy(() => {
        const images = normalTensor([2, 8, 8, 3], 1);
        network.apply(images, { training: true });
        network.apply(images);
      });
    });
    const network = keep(tinyNetwork());
    const images = normalTensor([1, 8, 8, 3], 1);
    await expectNoLeak(() => network.apply(images).dispose());
  });
});

describe('HeatmapUNet', () => {
  it.each([
    [{ inputSize: 33 }, 'inputSize 33 must be a multiple of 16. The nearest is 32'],
    [{ inputSize: 41 }, 'The nearest is 48'],
    [{ inputSize: 3 }, 'The nearest is 16'],
    [{ inputSize: 12, widths: [4, 4, 4] }, 'halves its input 3 times'],
    [{ inputSize: 32.5 }, 'inputSize'],
    [{ landmarks: 0 }, 'landmarks'],
    [{ widths: [] }, 'widths'],
    [{ widths: [4, -1] }, 'widths.1'],
    [{ seed: 'x' }, 'seed'],
    [{ width: [4] }, 'width'],
  ])('refuses %o and names the wrong setting: %s', async (config, message) => {
    const make = () => new HeatmapUNet(config as Partial<HeatmapUNetConfig>);
    await expectNoLeak(() => {
      expect(make).toThrow(InvalidArgumentError);
      expect(make).toThrow(message);
    });
  });

  it('refuses images of another size or rank', () => {
    const network = keep(new HeatmapUNet(tinyConfig));
    tf.tidy(() => {
      expect(() => network.apply(tf.zeros([1, 16, 16, 3]))).toThrow(InvalidArgumentError);
      expect(() => network.apply(tf.zeros([1, 16, 16, 3]))).toThrow('takes [faces, 8, 8, 3], got [1, 16, 16, 3]');
      expect(() => network.apply(tf.zeros([1, 8, 8, 1]))).toThrow(InvalidArgumentError);
      expect(() => network.apply(tf.zeros([8, 8, 3]) as never)).toThrow(InvalidArgumentError);
    });
  });

  it('refuses to run after dispose, which may be called twice', () => {
    const network = new HeatmapUNet(tinyConfig);
    network.dispose();
    network.dispose();
    expect(() => network.apply(tf.zeros([1, 8, 8, 3]))).toThrow(DisposedError);
  });

  it.each([
    ['lack "heatmaps/bias"', ({ 'heatmaps/bias': _, ...rest }: tf.NamedTensorMap) => rest],
    ['have a weight "extra/kernel"', (w: tf.NamedTensorMap) => ({ ...w, 'extra/kernel': tf.zeros([1]) })],
    ['have "heatmaps/bias" of [4] for [3]', (w: tf.NamedTensorMap) => ({ ...w, 'heatmaps/bias': tf.zeros([4]) })],
  ])('refuses weights that %s, and changes none', async (message, change) => {
    const [network, giver] = [keep(tinyNetwork()), keep(new HeatmapUNet({ ...tinyConfig, seed: 7 }))];
    const before = await weightValues(network);
    const set = () => network.setWeights(change(giver.weights as tf.NamedTensorMap));
    expect(set).toThrow(WeightsMismatchError);
    expect(set).toThrow(message);
    expect(await weightValues(network)).toEqual(before);
    network.setWeights(giver.weights);
    expect(await weightValues(network)).toEqual(await weightValues(giver));
  });
});

describe('a subclass of HeatmapUNet', () => {
  class Changed extends HeatmapUNet {
    protected override stem(factory: LayerFactory, image: SymbolicTensor): SymbolicTensor {
      return factory.convolutionUnit(super.stem(factory, image), 'stem2', this.config.widths[0]!);
    }

    protected override group(factory: LayerFactory, x: SymbolicTensor, name: string, width: number): SymbolicTensor {
      return factory.residualBlock(x, `${name}_only`, width);
    }

    protected override head(factory: LayerFactory, x: SymbolicTensor): SymbolicTensor {
      return factory.outputConvolution(factory.convolutionUnit(x, 'head', 7), 'heatmaps', this.config.landmarks + 1);
    }
  }

  it('can replace the stem, the groups and the head', () => {
    const network = keep(new Changed(tinyConfig));
    const names = Object.keys(network.weights);
    expect(names).toContain('stem2_conv/kernel');
    expect(names).toContain('encoder2_only_conv1/kernel');
    expect(names.filter((name) => name.includes('_block'))).toEqual([]);
    expect(network.weights['heatmaps/kernel']!.shape).toEqual([1, 1, 7, 3]);
    expect(network.apply(tf.zeros([1, 8, 8, 3])).shape).toEqual([1, 8, 8, 3]);
  });

  it('loads as itself, and not as its base class', async () => {
    const network = keep(new Changed(tinyConfig));
    const file = await network.save('F32');
    const loaded = keep(Changed.load(file));
    expect(loaded).toBeInstanceOf(Changed);
    expect(await weightValues(loaded)).toEqual(await weightValues(network));
    expect(() => HeatmapUNet.load(file)).toThrow(WeightsMismatchError);
  });
});

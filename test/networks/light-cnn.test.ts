import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { LightCNN29 } from '../../src/networks/light-cnn.js';
import type { LightCNN29Config } from '../../src/networks/light-cnn-config.js';
import { MaxFeatureMap } from '../../src/networks/max-feature-map.js';
import { largestDifference, normalTensor } from '../support/numbers.js';
import { expectNoLeak, useCpu, useWasm } from '../support/tensors.js';
import json from './pytorch/light-cnn.json' with { type: 'json' };

/** What pytorch/make_light_cnn.py writes. */
interface Fixture {
  config: Partial<LightCNN29Config>;
  weights: Record<string, { shape: number[]; data: number[] }>;
  images: { shape: [number, number, number, number]; data: number[] };
  embeddings: number[];
  projection: number[];
  gradients: Record<string, number[]>;
  imageGradient: number[];
}

const fixture = json as unknown as Fixture;

function networkOfPyTorch(): LightCNN29 {
  const network = new LightCNN29(fixture.config);
  tf.tidy(() => {
    const weights = Object.entries(fixture.weights).map(([name, { data, shape }]) => [name, tf.tensor(data, shape)]);
    network.setWeights(Object.fromEntries(weights));
  });
  return network;
}

describe.each([
  ['wasm', useWasm],
  ['cpu', useCpu],
])('LightCNN29 on %s', (_, start) => {
  beforeAll(start);
  afterAll(useWasm);

  it('has the embeddings of PyTorch for the same weights and faces', () =>
    expectNoLeak(async () => {
      using network = networkOfPyTorch();
      const images = tf.tensor4d(fixture.images.data, fixture.images.shape);
      const embeddings = network.apply(images);
      expect(largestDifference(await embeddings.data(), fixture.embeddings)).toBeLessThan(1e-5);
      tf.dispose([images, embeddings]);
    }));

  it('has the gradients of PyTorch for every weight and the faces', () =>
    expectNoLeak(async () => {
      using network = networkOfPyTorch();
      const given = tf.tensor4d(fixture.images.data, fixture.images.shape);
      const images = tf.variable(given);
      const { value, grads } = tf.variableGrads(() => {
        const embeddings = network.apply(images as tf.Tensor4D, { training: true });
        return tf.sum(tf.mul(embeddings, tf.tensor(fixture.projection, embeddings.shape)));
      }, [...network.trainableVariables, images]);
      for (const [index, weight] of network.model.trainableWeights.entries()) {
        const gradient = grads[network.trainableVariables[index]!.name]!;
        const expected = fixture.gradients[weight.originalName]!;
        const size = Math.max(...expected.map(Math.abs));
        expect(largestDifference(await gradient.data(), expected) / size, weight.originalName).toBeLessThan(1e-4);
      }
      expect(largestDifference(await grads[images.name]!.data(), fixture.imageGradient)).toBeLessThan(1e-6);
      tf.dispose([value, grads, images, given]);
    }));
});

describe('LightCNN-29', () => {
  it('has the original structure: 29 convolutions in 1, 2, 3 and 4 residual blocks, and a dense layer from 8x8x128 to 256', () => {
    for (const [inputSize, pools] of [
      [32, ['group2_pool', 'group4_pool']],
      [64, ['group1_pool', 'group2_pool', 'group4_pool']],
      [128, ['stem_pool', 'group1_pool', 'group2_pool', 'group4_pool']],
    ] as const) {
      using network = new LightCNN29({ inputSize });
      const { layers } = network.model;
      const named = (kind: string) => layers.filter((layer) => layer.getClassName() === kind).map(({ name }) => name);
      expect(named('LowResLandmarksMaxConvolution')).toHaveLength(29);
      expect(layers.filter(({ name }) => name.endsWith('_add'))).toHaveLength(1 + 2 + 3 + 4);
      expect(named('MaxPooling2D')).toEqual(pools);
      expect(network.weights['embedding/kernel']!.shape).toEqual([8 * 8 * 128, 2 * 256]);
      const widths = ['stem', 'group1_widen', 'group2_widen', 'group3_widen', 'group4_widen'].map(
        (name) => network.weights[`${name}/kernel`]!.shape[3]! / 2,
      );
      expect(widths).toEqual([48, 96, 192, 128, 128]);
    }
  });

  it('has the number of weights of the original, apart from the classifier and two more input colours', () => {
    // By hand: a convolution of k x k from m to n has (k k m + 1) 2n.
    const convolution = (k: number, from: number, to: number) => (k * k * from + 1) * 2 * to;
    const widths = [48, 96, 192, 128];
    const groups = widths.reduce((sum, width, i) => {
      const blocks = 2 * (i + 1) * convolution(3, width, width);
      return sum + blocks + convolution(1, width, width) + convolution(3, width, widths[i + 1] ?? width);
    }, 0);
    using network = new LightCNN29();
    expect(network.parameterCount).toBe(convolution(5, 3, 48) + groups + convolution(1, 8 * 8 * 128, 256));
  });

  it('initially keeps the scale of features through all layers, without normalisation', async () => {
    using network = new LightCNN29({ widths: [24, 48, 96, 64], seed: 3 });
    const faces = normalTensor([4, 32, 32, 3], 1, 0, 0.5);
    const embeddings = network.apply(faces);
    const values = Array.from(await embeddings.data());
    const size = Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
    expect(size).toBeGreaterThan(0.25);
    expect(size).toBeLessThan(4);
    tf.dispose([faces, embeddings]);
  });

  it.each([
    [{ blocks: [1, 2, 3] }, "LightCNN29's blocks"],
    [{ widths: [48, 96] }, "LightCNN29's widths"],
    [{ poolings: 5 }, "LightCNN29's poolings"],
    [{ embeddingSize: 0 }, "LightCNN29's embeddingSize"],
    [{ inputSize: 100 }, 'The nearest is 96.'],
    [{ inputSize: 32, poolings: 0.5 }, "LightCNN29's poolings"],
  ])('refuses %j', (config, message) => {
    expect(() => new LightCNN29(config)).toThrow(InvalidArgumentError);
    expect(() => new LightCNN29(config)).toThrow(message);
  });
});

describe('the max-feature-map', () => {
  it('is the larger of the two halves of the channels, below zero too, and passes its gradient there', () =>
    expectNoLeak(async () => {
      const layer = new MaxFeatureMap({});
      // Two pixels of four channels: 1 against 3, -2 against -4; -1 against -7, 6 against 5.
      const x = tf.tensor4d([1, -2, 3, -4, -1, 6, -7, 5], [1, 1, 2, 4]);
      const dy = tf.tensor4d([10, 20, 30, 40], [1, 1, 2, 2]);
      const { value, grad } = tf.valueAndGrad((input) => layer.apply(input) as tf.Tensor)(x, dy);
      expect([...(await value.data())]).toEqual([3, -2, -1, 6]);
      expect([...(await grad.data())]).toEqual([0, 20, 10, 0, 30, 40, 0, 0]);
      tf.dispose([x, dy, value, grad]);
    }));
});

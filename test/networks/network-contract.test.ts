import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { DisposedError, InvalidArgumentError, WeightsMismatchError } from '../../src/errors.js';
import { BeganHeatmapDiscriminator } from '../../src/networks/began-heatmap-discriminator.js';
import { ConfidenceDiscriminator } from '../../src/networks/confidence-discriminator.js';
import { HeatmapUNet } from '../../src/networks/heatmap-unet.js';
import { HighToLowGenerator } from '../../src/networks/high-to-low-generator.js';
import { IdentityClassifier } from '../../src/networks/identity-classifier.js';
import { LightCNN29 } from '../../src/networks/light-cnn.js';
import { LowResDiscriminator } from '../../src/networks/low-res-discriminator.js';
import type { Network } from '../../src/networks/network.js';
import { normalNumbers, normalTensor } from '../support/numbers.js';
import { expectNoLeak } from '../support/tensors.js';
import { slopeError } from './finite-differences.js';

interface NetworkClass {
  kind: string;
  // biome-ignore lint/suspicious/noExplicitAny: each network has a configuration of its own.
  new (config?: any): Network;
  load(file: Uint8Array): Network;
}

interface Case {
  name: string;
  Class: NetworkClass;
  /** So small that a step takes milliseconds. */
  config: object;
  /** Shapes of its inputs and of its output, without the batch. */
  inputs: number[][];
  output: number[];
  /** A size it cannot have, and the nearest it can; only one that sees images. */
  wrongSize?: [wrong: number, nearest: number];
}

const networks: Case[] = [
  {
    name: 'HighToLowGenerator (G1)',
    Class: HighToLowGenerator,
    config: { inputSize: 32, noise: 3, widths: [3, 4, 4, 5, 4] },
    inputs: [[32, 32, 3], [3]],
    output: [8, 8, 3],
    wrongSize: [120, 128],
  },
  {
    name: 'HighToLowGenerator with skips',
    Class: HighToLowGenerator,
    config: { inputSize: 32, noise: 3, widths: [3, 4, 4, 5, 4], skips: true },
    inputs: [[32, 32, 3], [3]],
    output: [8, 8, 3],
    wrongSize: [10, 32],
  },
  {
    name: 'LowResDiscriminator (D1)',
    Class: LowResDiscriminator,
    config: { inputSize: 8, widths: [3, 3, 4, 4] },
    inputs: [[8, 8, 3]],
    output: [1],
    wrongSize: [30, 32],
  },
  {
    name: 'HeatmapUNet (G2)',
    Class: HeatmapUNet,
    config: { inputSize: 8, landmarks: 5, widths: [3, 4] },
    inputs: [[8, 8, 3]],
    output: [8, 8, 6],
    wrongSize: [3, 16],
  },
  {
    name: 'BeganHeatmapDiscriminator (D2)',
    Class: BeganHeatmapDiscriminator,
    config: { inputSize: 8, landmarks: 5, widths: [3, 4] },
    inputs: [[8, 8, 9]],
    output: [8, 8, 6],
    wrongSize: [31, 32],
  },
  {
    name: 'ConfidenceDiscriminator (D3)',
    Class: ConfidenceDiscriminator,
    config: { inputSize: 8, landmarks: 5, widths: [3, 3, 4, 4] },
    inputs: [[8, 8, 9]],
    output: [1],
    wrongSize: [27, 24],
  },
  {
    name: 'LightCNN29',
    Class: LightCNN29,
    config: { inputSize: 8, widths: [3, 4, 5, 4], blocks: [1, 1, 0, 1], embeddingSize: 6, poolings: 1 },
    inputs: [[8, 8, 3]],
    output: [6],
    wrongSize: [30, 32],
  },
  {
    name: 'IdentityClassifier',
    Class: IdentityClassifier,
    config: { embeddingSize: 6, identities: 4 },
    inputs: [[6]],
    output: [4],
  },
];

async function valuesOf(network: Network): Promise<Record<string, number[]>> {
  const entries = Object.entries(network.weights).map(async ([name, tensor]) => [
    name,
    Array.from(await tensor.data()),
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

describe.each(networks)('$name', ({ Class, config, inputs, output, wrongSize }) => {
  const make = (seed = 1) => new Class({ ...config, seed });
  const batchOf = (faces: number, seed = 3) =>
    inputs.map((shape, index) => normalTensor([faces, ...shape], seed + index));
  const run = (network: Network, given: tf.Tensor[], training = false) =>
    network.apply(given.length === 1 ? given[0]! : given, { training });
  it('returns finite numbers of the right shape for one face and for several', async () => {
    using network = make();
    for (const faces of [1, 3]) {
      const given = batchOf(faces);
      for (const training of [false, true]) {
        const result = run(network, given, training);
        expect(result.shape).toEqual([faces, ...output]);
        expect((await result.data()).every(Number.isFinite)).toBe(true);
        result.dispose();
      }
      tf.dispose(given);
    }
  });

  it('has a gradient for every variable, and leaks no tensor', async () => {
    using network = make();
    const given = batchOf(3);
    await expectNoLeak(async () => {
      const { value, grads } = tf.variableGrads(() => {
        const result = run(network, given, true);
        return tf.sum(tf.mul(result, normalTensor(result.shape, 17)));
      }, network.trainableVariables);
      for (const variable of network.trainableVariables) {
        const gradient = await grads[variable.name]!.data();
        expect(Math.max(...gradient.map(Math.abs)), variable.name).toBeGreaterThan(0);
      }
      tf.dispose([value, grads]);
    });
    tf.dispose(given);
  });

  it('has the gradients of finite differences, for weights and inputs', async () => {
    using network = make();
    network.trainableVariables.forEach((variable, index) => {
      // As training might leave them: the output layer not tiny, no bias 0, no gain 1.
      tf.tidy(() => variable.assign(tf.add(variable, normalTensor(variable.shape, 100 + index, 0, 0.2))));
    });
    const given = batchOf(8, 13).map((tensor) => tf.variable(tensor));
    for (let pass = 0; pass < 5; pass++) run(network, given, true).dispose();
    // Without training sigma is |W u|, and v^T dW u its exact slope. With it u moves too, and counts as a constant all
    // the same.
    const isSpectral = Object.keys(network.weights).some((name) => name.endsWith('/u'));
    for (const training of isSpectral ? [false] : [false, true]) {
      const projection = normalNumbers(8 * output.reduce((product, size) => product * size), 17);
      const variables = [...network.trainableVariables, ...given];
      const { value, grads } = tf.variableGrads(() => {
        const result = run(network, given, training);
        return tf.sum(tf.mul(result, tf.tensor(projection, result.shape)));
      }, variables);
      const errors: number[] = [];
      const every = Math.ceil(variables.length / 30);
      for (const [index, variable] of variables.entries()) {
        if (index % every && index < network.trainableVariables.length) continue;
        const error = await slopeError(
          () => run(network, given, training),
          projection,
          variable,
          grads[variable.name]!,
        );
        // More than single precision explains, where a ReLU turns on or off within a step.
        expect(error, `${variable.name}, training: ${training}`).toBeLessThan(0.15);
        errors.push(error);
      }
      expect(errors.sort((x, y) => x - y)[errors.length >> 1]).toBeLessThan(0.02);
      tf.dispose([value, grads]);
    }
    tf.dispose(given);
  });

  it('is saved and loaded bit for bit, running statistics and u included', async () => {
    using network = make();
    const given = batchOf(3);
    run(network, given, true).dispose();
    await expectNoLeak(async () => {
      using loaded = Class.load(await network.save('F32'));
      expect(loaded.config).toEqual(network.config);
      expect(await valuesOf(loaded)).toEqual(await valuesOf(network));
    });
    tf.dispose(given);
  });

  it('loads as the requested subclass, and never as another network', async () => {
    class Own extends (Class as typeof HeatmapUNet) {}
    using network = make();
    const file = await network.save();
    using own = Own.load(file);
    expect(own).toBeInstanceOf(Own);
    const Other = (Class === HeatmapUNet ? LowResDiscriminator : HeatmapUNet) as NetworkClass;
    await expectNoLeak(() => expect(() => Other.load(file)).toThrow(WeightsMismatchError));
  });

  it('has initial weights that depend on its seed alone', async () => {
    using first = make(4);
    using same = make(4);
    using other = make(5);
    expect(await valuesOf(same)).toEqual(await valuesOf(first));
    const [own, others] = [await valuesOf(first), await valuesOf(other)];
    for (const name of Object.keys(own).filter((name) => /\/(kernel|u)$/.test(name) && own[name]!.length > 1)) {
      expect(others[name], name).not.toEqual(own[name]);
    }
  });

  it('leaves no tensor behind', async () => {
    const given = batchOf(2);
    await expectNoLeak(() => {
      using network = make();
      run(network, given).dispose();
      run(network, given, true).dispose();
    });
    tf.dispose(given);
  });

  if (wrongSize) {
    it('refuses an invalid input size and names the nearest valid one', () => {
      const [wrong, nearest] = wrongSize;
      const resolve = () => new Class({ inputSize: wrong });
      expect(resolve).toThrow(InvalidArgumentError);
      expect(resolve).toThrow(`${Class.kind} halves its input`);
      expect(resolve).toThrow(`The nearest is ${nearest}.`);
    });
  }

  it('refuses invalid and unknown settings', () => {
    expect(() => new Class({ ...config, widths: [0] })).toThrow(`${Class.kind}'s widths`);
    expect(() => new Class({ ...config, width: 64 })).toThrow(InvalidArgumentError);
  });

  it('refuses inputs of another shape or number, and to run after dispose', () => {
    const network = make();
    const given = batchOf(2);
    inputs.forEach((shape, index) => {
      const wide = tf.zeros([2, 16, ...shape.slice(1)]);
      const wrong = () => run(network, given.with(index, wide));
      expect(wrong).toThrow(InvalidArgumentError);
      expect(wrong).toThrow(`${Class.kind} takes [faces, ${shape.join(', ')}]`);
      wide.dispose();
    });
    for (const many of [given.slice(1), [...given, given[0]!]]) {
      expect(() => network.apply(many)).toThrow(InvalidArgumentError);
      expect(() => network.apply(many)).toThrow(`${Class.kind} takes ${inputs.length} input(s), got ${many.length}`);
    }
    network.dispose();
    expect(() => run(network, given)).toThrow(DisposedError);
    tf.dispose(given);
  });
});

describe('the networks of two tensors', () => {
  const [faces, heatmaps] = [() => normalTensor([2, 8, 8, 3], 1), () => normalTensor([2, 8, 8, 6], 2)];

  it.each([
    ['D2', () => new BeganHeatmapDiscriminator({ inputSize: 8, landmarks: 5, widths: [3, 4] }), 'reconstruct'],
    ['D3', () => new ConfidenceDiscriminator({ inputSize: 8, landmarks: 5, widths: [3, 3, 4, 4] }), 'confidence'],
  ] as const)('%s takes heatmaps and faces, and sees the face before the heatmaps', async (_name, make, method) => {
    using network = make() as BeganHeatmapDiscriminator & ConfidenceDiscriminator;
    const [image, maps] = [faces(), heatmaps()];
    const stacked = tf.concat([image, maps], 3) as tf.Tensor4D;
    await expectNoLeak(async () => {
      const [found, expected] = [network[method](maps, image), network.apply(stacked)];
      expect(await found.data()).toEqual(await expected.data());
      tf.dispose([found, expected]);
    });
    tf.dispose([image, maps, stacked]);
  });

  it('G1 refuses another number of noise vectors than faces', () => {
    using network = new HighToLowGenerator({ inputSize: 32, noise: 3, widths: [3, 4, 4, 5, 4] });
    const [image, noise] = [normalTensor([2, 32, 32, 3], 1), normalTensor([3, 3], 1) as tf.Tensor2D];
    expect(() => network.generate(image, noise)).toThrow(InvalidArgumentError);
    expect(() => network.generate(image, noise)).toThrow('must have equally many faces, got 2 and 3');
    tf.dispose([image, noise]);
  });

  it('G1 returns colours in -1..1, and with skips starts at the subsampled face', async () => {
    const settings = { inputSize: 32, noise: 3, widths: [3, 4, 4, 5, 4] };
    const [image, noise] = [tf.fill([1, 32, 32, 3], 0.5) as tf.Tensor4D, normalTensor([1, 3], 1) as tf.Tensor2D];
    for (const [skips, start] of [
      [false, 0],
      [true, 0.98 * 0.5],
    ] as const) {
      using network = new HighToLowGenerator({ ...settings, skips });
      const colours = network.generate(image, noise);
      for (const colour of await colours.data()) expect(colour).toBeCloseTo(start, 1);
      network.setWeights({ ...network.weights, 'colours/bias': tf.fill([3], 100) });
      const bright = network.generate(image, noise);
      expect(new Set(await bright.data())).toEqual(new Set([1]));
      tf.dispose([colours, bright]);
    }
    tf.dispose([image, noise]);
  });
});

describe('D1 and D3', () => {
  it.each([
    [undefined, ['group2_pool', 'group3_pool', 'group4_pool']],
    [2, ['group3_pool', 'group4_pool']],
    [0, []],
  ])('halve the size after the last groups: %s poolings', (poolings, expected) => {
    using network = new LowResDiscriminator({
      inputSize: 8,
      widths: [3, 3, 4, 4],
      ...(poolings != null && { poolings }),
    });
    const pools = network.model.layers.filter((layer) => layer.getClassName() === 'MaxPooling2D');
    expect(pools.map(({ name }) => name)).toEqual(expected);
    expect(network.weights['score/kernel']!.shape).toEqual([(8 / 2 ** expected.length) ** 2 * 4, 1]);
  });
});

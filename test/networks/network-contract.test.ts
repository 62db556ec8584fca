import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { DisposedError, InvalidArgumentError, WeightsMismatchError } from '../../src/errors.js';
import { BeganHeatmapDiscriminator } from '../../src/networks/began-heatmap-discriminator.js';
import { ConfidenceDiscriminator } from '../../src/networks/confidence-discriminator.js';
import { HeatmapUNet } from '../../src/networks/heatmap-unet.js';
import { HighToLowGenerator } from '../../src/networks/high-to-low-generator.js';
import { LowResDiscriminator } from '../../src/networks/low-res-discriminator.js';
import type { Network } from '../../src/networks/network.js';
import { expectNoLeak, useWasm } from '../support/tensors.js';
import { savedArtifacts } from './saved-artifacts.js';

beforeAll(useWasm);

interface NetworkClass {
  kind: string;
  // biome-ignore lint/suspicious/noExplicitAny: each network has a configuration of its own.
  new (config?: any): Network;
  load(handler: tf.io.IOHandler): Promise<Network>;
}

interface Case {
  name: string;
  Class: NetworkClass;
  /** So small that a step takes milliseconds. */
  config: object;
  /** Shapes of its inputs and of its output, without the batch. */
  inputs: number[][];
  output: number[];
  /** A size it cannot have, and the nearest it can. */
  wrongSize: [wrong: number, nearest: number];
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
    wrongSize: [20, 32],
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
    wrongSize: [31, 32],
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
    inputs.map((shape, index) => tf.randomNormal([faces, ...shape], 0, 1, 'float32', seed + index));
  const run = (network: Network, given: tf.Tensor[], training = false) =>
    network.apply(given.length === 1 ? given[0]! : given, { training });
  /** A number that depends on all of the output. */
  const project = (result: tf.Tensor) =>
    tf.sum(tf.mul(result, tf.randomNormal(result.shape, 0, 1, 'float32', 17))) as tf.Scalar;

  it('gives what it should for one face and for several, finite numbers', async () => {
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

  it('has a gradient that reaches every variable', async () => {
    using network = make();
    const given = batchOf(3);
    const { value, grads } = tf.variableGrads(() => project(run(network, given, true)), network.trainableVariables);
    for (const variable of network.trainableVariables) {
      const gradient = await grads[variable.name]!.data();
      expect(Math.max(...gradient.map(Math.abs)), variable.name).toBeGreaterThan(0);
    }
    tf.dispose([given, value, grads]);
  });

  it('has the gradient of finite differences, along its own direction', async () => {
    using network = make();
    const given = batchOf(4);
    // The spectral norms' u must have settled: v and sigma then change with W to the second order only.
    for (let pass = 0; pass < 60; pass++) run(network, given, true).dispose();
    const loss = () => tf.tidy(() => project(run(network, given)));
    const { value, grads } = tf.variableGrads(() => project(run(network, given)), network.trainableVariables);
    const variables = network.trainableVariables.filter(({ name }) => grads[name]);
    const squares = await Promise.all(variables.map(async ({ name }) => sumOfSquares(await grads[name]!.data())));
    const length = Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
    const move = (distance: number) =>
      tf.tidy(() => {
        for (const variable of variables) {
          variable.assign(tf.add(variable, tf.mul(grads[variable.name]!, distance / length)));
        }
      });
    const at = async (distance: number) => {
      move(distance);
      const moved = loss();
      const [number] = await moved.data();
      moved.dispose();
      move(-distance);
      return number!;
    };
    const step = 1e-4;
    const slope = ((await at(step)) - (await at(-step))) / (2 * step);
    expect(Math.abs(slope - length) / length).toBeLessThan(0.02);
    tf.dispose([given, value, grads]);
  });

  it('is saved and loaded without changing a bit, statistics and u included', async () => {
    using network = make();
    const given = batchOf(3);
    run(network, given, true).dispose();
    const artifacts = await savedArtifacts(network);
    await expectNoLeak(async () => {
      using loaded = await Class.load({ load: async () => artifacts });
      expect(loaded.config).toEqual(network.config);
      expect(await valuesOf(loaded)).toEqual(await valuesOf(network));
    });
    tf.dispose(given);
  });

  it('loads as the subclass it is asked for, and never as another network', async () => {
    class Own extends (Class as typeof HeatmapUNet) {}
    using network = make();
    const artifacts = await savedArtifacts(network);
    using own = await Own.load({ load: async () => artifacts });
    expect(own).toBeInstanceOf(Own);
    const Other = (Class === HeatmapUNet ? LowResDiscriminator : HeatmapUNet) as NetworkClass;
    await expect(Other.load({ load: async () => artifacts })).rejects.toThrow(WeightsMismatchError);
  });

  it('begins with weights that its seed alone decides', async () => {
    using first = make(4);
    using same = make(4);
    using other = make(5);
    expect(await valuesOf(same)).toEqual(await valuesOf(first));
    expect(await valuesOf(other)).not.toEqual(await valuesOf(first));
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

  it('names the nearest size it can have', () => {
    const [wrong, nearest] = wrongSize;
    const resolve = () => new Class({ inputSize: wrong });
    expect(resolve).toThrow(InvalidArgumentError);
    expect(resolve).toThrow(`${Class.kind} halves its input`);
    expect(resolve).toThrow(`The nearest is ${nearest}.`);
  });

  it('refuses settings that make no sense, and ones it does not have', () => {
    expect(() => new Class({ widths: [0] })).toThrow(`${Class.kind}'s widths`);
    expect(() => new Class({ width: 64 })).toThrow(InvalidArgumentError);
  });

  it('refuses inputs of another shape, and to run once disposed', () => {
    const network = make();
    const [first, ...rest] = batchOf(2);
    const wide = tf.zeros([2, 16, ...first!.shape.slice(2)]);
    expect(() => run(network, [wide, ...rest])).toThrow(`${Class.kind} takes a batch of [${inputs[0]!.join(', ')}]`);
    network.dispose();
    expect(() => run(network, [first!, ...rest])).toThrow(DisposedError);
    tf.dispose([wide, first!, rest]);
  });
});

function sumOfSquares(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value * value, 0);
}

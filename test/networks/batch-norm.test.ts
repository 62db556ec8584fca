import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { beforeEach, describe, expect, it } from 'vitest';
import { BatchNorm } from '../../src/networks/batch-norm.js';
import { largestDifference, normalNumbers, normalTensor } from '../support/numbers.js';
import { expectNoLeak } from '../support/tensors.js';

const SHAPE: [number, number, number, number] = [3, 4, 5, 2];
const CHANNELS = 2;
const EPSILON = 1e-5;

const x = normalNumbers(120, 1, 0.7, 2);
const dy = normalNumbers(120, 2);
const gamma = [1.5, -0.4];
const beta = [0.2, 3];

const ofChannel = (values: ArrayLike<number>, channel: number) =>
  Array.from(values).filter((_, i) => i % CHANNELS === channel);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean and biased variance of each channel. */
function moments(values: ArrayLike<number>): { mean: number; variance: number }[] {
  return [0, 1].map((channel) => {
    const own = ofChannel(values, channel);
    const centre = mean(own);
    return { mean: centre, variance: mean(own.map((value) => (value - centre) ** 2)) };
  });
}

function normalized(values: ArrayLike<number>, scale: number[], shift: number[], statistics = moments(values)) {
  return Float64Array.from(values, (value, i) => {
    const { mean, variance } = statistics[i % CHANNELS]!;
    return (scale[i % CHANNELS]! * (value - mean)) / Math.sqrt(variance + EPSILON) + shift[i % CHANNELS]!;
  });
}

/** d (dy . y) / d values[i] by central differences in double precision. */
function derivatives(values: ArrayLike<number>, outputs: (changed: Float64Array) => Float64Array): Float64Array {
  const loss = (changed: Float64Array) => outputs(changed).reduce((sum, y, i) => sum + y * dy[i]!, 0);
  return Float64Array.from(values, (_, i) => {
    const [up, down] = [Float64Array.from(values), Float64Array.from(values)];
    up[i]! += 1e-5;
    down[i]! -= 1e-5;
    return (loss(up) - loss(down)) / 2e-5;
  });
}

let layer: BatchNorm;
const run = (input: tf.Tensor, training?: boolean) =>
  layer.apply(input, training === undefined ? {} : { training }) as tf.Tensor;
const statistics = async () => [...(await layer.weights[2]!.read().data()), ...(await layer.weights[3]!.read().data())];

beforeEach(() => {
  layer = new BatchNorm({});
  layer.build(SHAPE);
  layer.setWeights([tf.tensor1d(gamma), tf.tensor1d(beta), tf.tensor1d([0.5, -1]), tf.tensor1d([4, 0.25])]);
});

describe('BatchNorm in training', () => {
  it('normalises by the batch’s mean and biased variance', async () => {
    const y = run(tf.tensor4d(x, SHAPE), true);
    expect(largestDifference(await y.data(), normalized(x, gamma, beta))).toBeLessThan(1e-5);
  });

  it('has the gradients of its definition, for input, gain and shift', async () => {
    const input = tf.variable(tf.tensor4d(x, SHAPE));
    const variables = [input, ...layer.trainableWeights.map((weight) => weight.read() as tf.Variable)];
    const { grads } = tf.variableGrads(
      () => tf.sum(tf.mul(run(input, true), tf.tensor4d(dy, SHAPE))) as tf.Scalar,
      variables,
    );
    const [dx, dGamma, dBeta] = await Promise.all(variables.map(({ name }) => grads[name]!.data()));
    const expected = {
      dx: derivatives(x, (values) => normalized(values, gamma, beta)),
      dGamma: derivatives(gamma, (values) => normalized(x, [...values], beta)),
      dBeta: derivatives(beta, (values) => normalized(x, gamma, [...values])),
    };
    expect(largestDifference(dx!, expected.dx)).toBeLessThan(1e-5);
    expect(largestDifference(dGamma!, expected.dGamma)).toBeLessThan(1e-4);
    expect(largestDifference(dBeta!, expected.dBeta)).toBeLessThan(1e-4);
  });

  it('updates the running statistics by a tenth, with the unbiased variance', async () => {
    const batch = moments(x);
    run(tf.tensor4d(x, SHAPE), true);
    const expected = [
      0.9 * 0.5 + 0.1 * batch[0]!.mean,
      0.9 * -1 + 0.1 * batch[1]!.mean,
      0.9 * 4 + (0.1 * batch[0]!.variance * 60) / 59,
      0.9 * 0.25 + (0.1 * batch[1]!.variance * 60) / 59,
    ];
    expect(largestDifference(await statistics(), expected)).toBeLessThan(1e-6);
    run(tf.tensor4d(x, SHAPE), true);
    expect((await statistics())[0]).toBeCloseTo(0.9 * expected[0]! + 0.1 * batch[0]!.mean, 5);
  });

  it('stays finite for a constant channel and for a single value', async () => {
    const constant = await run(tf.fill([2, 2, 2, 2], 7), true).data();
    expect(
      largestDifference(
        constant,
        Array.from({ length: 16 }, (_, i) => beta[i % 2]!),
      ),
    ).toBeLessThan(1e-3);
    expect([...(await run(tf.tensor4d([1, 2], [1, 1, 1, 2]), true).data())].every(Number.isFinite)).toBe(true);
    expect((await statistics()).every(Number.isFinite)).toBe(true);
  });
});

describe('BatchNorm without training', () => {
  it('normalises by the running statistics and does not change them, even inside a gradient', async () => {
    const fixed = [
      { mean: 0.5, variance: 4 },
      { mean: -1, variance: 0.25 },
    ];
    const y = run(tf.tensor4d(x, SHAPE));
    expect(largestDifference(await y.data(), normalized(x, gamma, beta, fixed))).toBeLessThan(1e-5);
    const dx = tf.grad((input) => tf.sum(tf.mul(run(input, false), tf.tensor4d(dy, SHAPE))))(tf.tensor4d(x, SHAPE));
    const expected = derivatives(x, (values) => normalized(values, gamma, beta, fixed));
    expect(largestDifference(await dx.data(), expected)).toBeLessThan(1e-5);
    expect(await statistics()).toEqual([0.5, -1, 4, 0.25]);
  });
});

describe('BatchNorm', () => {
  it('starts with gain 1, shift 0, mean 0 and variance 1', async () => {
    const fresh = new BatchNorm({});
    fresh.build([null, 4, 4, 3]);
    const weights = await Promise.all(fresh.weights.map((weight) => weight.read().data()));
    expect(weights.map((values) => [...values])).toEqual([
      [1, 1, 1],
      [0, 0, 0],
      [0, 0, 0],
      [1, 1, 1],
    ]);
    expect(fresh.trainableWeights).toHaveLength(2);
  });

  it('has the output of the layer of tfjs', async () => {
    const stock = layers.batchNormalization({ epsilon: EPSILON });
    stock.build(SHAPE);
    stock.setWeights(layer.getWeights());
    const input = tf.tensor4d(x, SHAPE);
    for (const training of [true, false]) {
      const expected = stock.call(input, { training }) as tf.Tensor;
      expect(largestDifference(await run(input, training).data(), await expected.data())).toBeLessThan(1e-5);
      layer.setWeights(stock.getWeights());
    }
  });

  it('leaves no tensor behind, in either mode and in a gradient', async () => {
    const input = normalTensor(SHAPE, 1);
    await expectNoLeak(() => run(input, true).dispose());
    await expectNoLeak(() => run(input, false).dispose());
    await expectNoLeak(() => {
      const { value, grads } = tf.variableGrads(
        () => tf.sum(run(input, true)) as tf.Scalar,
        layer.trainableWeights.map((weight) => weight.read() as tf.Variable),
      );
      tf.dispose([value, grads]);
    });
  });
});

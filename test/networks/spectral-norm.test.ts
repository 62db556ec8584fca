import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { symmetricEigen } from '../../src/metrics/symmetric-eigen.js';
import { LowResDiscriminator } from '../../src/networks/low-res-discriminator.js';
import {
  divideBySpectralNorm,
  estimateSpectralNorm,
  SpectralConvolution,
  SpectralDense,
} from '../../src/networks/spectral-norm.js';
import { Random } from '../../src/random.js';
import { largestDifference, normalTensor } from '../support/numbers.js';
import { expectNoLeak } from '../support/tensors.js';
import fixture from './pytorch/spectral-norm.json' with { type: 'json' };

const { kernel, shape, u, weightOfLoss, iterations, largestSingularValue } = fixture;
const outputs = shape.at(-1)!;

async function expectClose(tensor: tf.Tensor, expected: readonly number[]): Promise<void> {
  for (const [i, value] of Array.from(await tensor.data()).entries()) {
    expect(value, `[${i}]`).toBeCloseTo(expected[i]!, 5);
  }
}

/** The largest singular value, from the eigenvalues of W^T W. */
function largestSingularValueOf(values: ArrayLike<number>): number {
  const rows = values.length / outputs;
  const entry = (i: number, j: number) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += values[row * outputs + i]! * values[row * outputs + j]!;
    return sum;
  };
  const indices = Array.from({ length: outputs }, (_, i) => i);
  return Math.sqrt(symmetricEigen(indices.map((i) => indices.map((j) => entry(i, j)))).values[0]!);
}

describe('spectral normalisation (Eq. 3)', () => {
  it("has PyTorch's u, sigma, normalised weights and gradient, one power iteration per step", async () => {
    await expectNoLeak(async () => {
      let direction = tf.tensor2d(u, [outputs, 1]);
      const weights = tf.tensor(kernel, shape);
      const matrix = tf.tensor2d(kernel, [kernel.length / outputs, outputs]);
      const weighting = tf.tensor(weightOfLoss, shape);
      for (const expected of iterations) {
        const estimate = estimateSpectralNorm(matrix, direction, true);
        const normalized = divideBySpectralNorm(weights, estimate);
        const gradient = tf.grad((w) => tf.sum(tf.mul(divideBySpectralNorm(w, estimate), weighting)))(weights);
        await expectClose(estimate.u, expected.u);
        await expectClose(estimate.sigma, [expected.sigma]);
        await expectClose(normalized, expected.normalized);
        await expectClose(gradient, expected.gradient);
        tf.dispose([direction, estimate.v, estimate.sigma, normalized, gradient]);
        direction = estimate.u;
      }
      tf.dispose([direction, weights, matrix, weighting]);
    });
  });

  it('converges to a largest singular value of 1', async () => {
    expect(largestSingularValueOf(kernel)).toBeCloseTo(largestSingularValue, 5);
    const matrix = tf.tensor2d(kernel, [kernel.length / outputs, outputs]);
    let direction = tf.tensor2d(u, [outputs, 1]);
    const excess: number[] = [];
    for (let step = 0; step < 100; step++) {
      const estimate = estimateSpectralNorm(matrix, direction, true);
      const normalized = divideBySpectralNorm(matrix, estimate);
      excess.push(largestSingularValueOf(await normalized.data()) - 1);
      tf.dispose([direction, estimate.v, estimate.sigma, normalized]);
      direction = estimate.u;
    }
    // The power method comes from below: sigma is too small, and the normalised kernel too large.
    expect(excess[0]).toBeGreaterThan(0.01);
    for (const [step, value] of excess.slice(1).entries()) expect(value).toBeLessThan(excess[step]! + 1e-6);
    expect(excess.at(-1)).toBeCloseTo(0, 5);
    tf.dispose([matrix, direction]);
  });

  it('does not change u without training, and uses |W u| as sigma', async () => {
    const [matrix, direction] = [
      tf.tensor2d(kernel, [kernel.length / outputs, outputs]),
      tf.tensor2d(iterations[1]!.u, [outputs, 1]),
    ];
    const estimate = estimateSpectralNorm(matrix, direction, false);
    await expectClose(estimate.u, iterations[1]!.u);
    const image = Array.from({ length: kernel.length / outputs }, (_, row) =>
      iterations[1]!.u.reduce((sum, value, column) => sum + value * kernel[row * outputs + column]!, 0),
    );
    await expectClose(estimate.sigma, [Math.hypot(...image)]);
    tf.dispose([matrix, direction, estimate.u, estimate.v, estimate.sigma]);
  });

  it('scales sigma with the weights, and gives the same normalised weights', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.boolean(),
        async (seed, scale, advance) => {
          const random = new Random(seed);
          const values = Array.from({ length: 12 }, () => random.normal());
          const estimateOf = (factor: number) =>
            tf.tidy(() => {
              const scaled = values.map((value) => value * factor);
              const matrix = tf.tensor2d(scaled, [4, 3]);
              const estimate = estimateSpectralNorm(matrix, tf.tensor2d([1, 0, 0], [3, 1]), advance);
              return { sigma: estimate.sigma, normalized: divideBySpectralNorm(matrix, estimate) };
            });
          const [own, scaled] = [estimateOf(1), estimateOf(scale)];
          const [[sigma], [scaledSigma]] = [await own.sigma.data(), await scaled.sigma.data()];
          expect(Math.abs(scaledSigma! / (sigma! * scale) - 1)).toBeLessThan(1e-5);
          const [expected, found] = [await own.normalized.data(), await scaled.normalized.data()];
          expect(largestDifference(found, expected)).toBeLessThan(1e-5);
          tf.dispose([own, scaled]);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('the spectrally normalised layers', () => {
  const rows = kernel.length / outputs;
  const bias = [0.5, -0.25, 0, 1, 2];
  const byIteration = (step: number) => iterations[step]!.normalized;

  it.each([
    [
      'a convolution',
      () => new SpectralConvolution({ name: 'layer', filters: outputs, kernelSize: 3, seed: 1 }),
      () => normalTensor([2, 4, 4, 3], 1),
      shape,
      (x: tf.Tensor, w: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'same'),
    ],
    [
      'a dense layer',
      () => new SpectralDense({ name: 'layer', units: outputs, seed: 1 }),
      () => normalTensor([2, rows], 1),
      [rows, outputs],
      (x: tf.Tensor, w: tf.Tensor) => tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D),
    ],
  ] as const)(
    "%s computes with PyTorch's normalised weights, step by step",
    async (_, make, input, kernelShape, compute) => {
      const [layer, x] = [make(), input()];
      const expectedOf = (normalized: number[]) =>
        tf.tidy(() => tf.add(compute(x, tf.tensor(normalized, [...kernelShape])), tf.tensor1d(bias)));
      layer.apply(x);
      tf.tidy(() =>
        layer.setWeights([tf.tensor(kernel, [...kernelShape]), tf.tensor1d(bias), tf.tensor2d(u, [outputs, 1])]),
      );
      for (const step of [0, 1, 2]) {
        const trained = layer.apply(x, { training: true }) as tf.Tensor;
        const expected = expectedOf(byIteration(step));
        expect(largestDifference(await trained.data(), await expected.data())).toBeLessThan(1e-5);
        await expectClose(layer.getWeights()[2]!, iterations[step]!.u);
        tf.dispose([trained, expected]);
      }
      layer.dispose();
      x.dispose();
    },
  );
});

describe('u in a network', () => {
  it('changes with each training pass, and only then', async () => {
    using network = new LowResDiscriminator({ inputSize: 8, widths: [4, 4, 4, 4], seed: 1 });
    const faces = tf.randomUniform([2, 8, 8, 3], -1, 1, 'float32', 1) as tf.Tensor4D;
    const read = async () => Array.from(await network.weights['stem/u']!.data());
    const before = await read();
    expect(Math.hypot(...before)).toBeCloseTo(1, 5);
    network.apply(faces).dispose();
    expect(await read()).toEqual(before);
    network.apply(faces, { training: true }).dispose();
    const after = await read();
    expect(after).not.toEqual(before);
    expect(Math.hypot(...after)).toBeCloseTo(1, 5);
    faces.dispose();
  });
});

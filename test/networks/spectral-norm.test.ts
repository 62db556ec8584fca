import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/data/random.js';
import { LowResDiscriminator } from '../../src/networks/low-res-discriminator.js';
import { divideBySpectralNorm, estimateSpectralNorm } from '../../src/networks/spectral-norm.js';
import { expectNoLeak, useWasm } from '../support/tensors.js';
import fixture from './pytorch/spectral-norm.json' with { type: 'json' };

beforeAll(useWasm);

const { kernel, shape, u, weightOfLoss, iterations, largestSingularValue } = fixture;
const outputs = shape.at(-1)!;

async function expectClose(tensor: tf.Tensor, expected: readonly number[]): Promise<void> {
  for (const [i, value] of Array.from(await tensor.data()).entries()) {
    expect(value, `[${i}]`).toBeCloseTo(expected[i]!, 5);
  }
}

describe('spectral normalisation (Eq. 3)', () => {
  it("has PyTorch's u, sigma, normalised weights and gradient, one power iteration a step", async () => {
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

  it('finds the largest singular value after many iterations', async () => {
    const matrix = tf.tensor2d(kernel, [kernel.length / outputs, outputs]);
    let direction = tf.tensor2d(u, [outputs, 1]);
    for (let step = 0; step < 100; step++) direction = estimateSpectralNorm(matrix, direction, true).u;
    const { sigma } = estimateSpectralNorm(matrix, direction, false);
    expect((await sigma.data())[0]).toBeCloseTo(largestSingularValue, 5);
  });

  it('leaves u alone without training', async () => {
    const estimate = estimateSpectralNorm(
      tf.tensor2d(kernel, [kernel.length / outputs, outputs]),
      tf.tensor2d(u, [outputs, 1]),
      false,
    );
    await expectClose(estimate.u, u);
  });

  it('does not depend on the scale of the weights', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        async (seed, scale) => {
          const random = new Random(seed);
          const values = Array.from({ length: 12 }, () => random.normal());
          const normalized = (factor: number) =>
            tf.tidy(() => {
              const matrix = tf.tensor2d(
                values.map((value) => value * factor),
                [4, 3],
              );
              return divideBySpectralNorm(matrix, estimateSpectralNorm(matrix, tf.tensor2d([1, 0, 0], [3, 1]), true));
            });
          const difference = tf.tidy(() => tf.max(tf.abs(tf.sub(normalized(1), normalized(scale)))));
          expect((await difference.data())[0]).toBeLessThan(1e-5);
          difference.dispose();
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('u in a network', () => {
  it('moves with each pass in training, and not otherwise', async () => {
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

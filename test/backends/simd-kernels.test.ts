import '@tensorflow/tfjs-layers'; // Registers the gradients.
import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  adamUpdate,
  batchMoments,
  batchNormalize,
  batchNormGradient,
  reluGradient,
} from '../../src/backends/fused-operations.js';
import { simdState } from '../../src/backends/kernels/simd-install.js';
import { useBackend } from '../../src/backends/use-backend.js';
import { largestDifference, normalTensor } from '../support/numbers.js';
import { expectNoLeak } from '../support/tensors.js';
import { batchNorm, convolution, convolutionGradients, matrixProduct } from './double-precision.js';

type Shape = [number, number, number, number];

beforeEach(() => useBackend('wasm'));

it('the SIMD kernels are loaded', () => {
  expect(simdState()).toEqual({ kernels: expect.stringMatching(/simd$/), why: '' });
});

describe('the SIMD convolution 3x3 in the Winograd domain', () => {
  const shapes = fc.record({
    batch: fc.integer({ min: 1, max: 3 }),
    size: fc.tuple(fc.integer({ min: 1, max: 13 }), fc.integer({ min: 1, max: 13 })),
    inputs: fc.constantFrom(4, 8, 12, 16),
    outputs: fc.constantFrom(8, 16, 24),
  });

  it('agrees with double precision, with bias and ReLU, for all sizes', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.boolean(), fc.constantFrom('relu', 'linear'), async (shape, hasBias, activation) => {
        const { batch, size, inputs, outputs } = shape;
        const [input, filter]: Shape[] = [
          [batch, ...size, inputs],
          [3, 3, inputs, outputs],
        ];
        const [x, w, bias] = [normalTensor(input!, 1), normalTensor(filter!, 2), normalTensor([outputs], 3)];
        const y = tf.fused.conv2d({
          ...{ x: x as tf.Tensor4D, filter: w as tf.Tensor4D, strides: 1, pad: 'same' },
          ...(hasBias && { bias }),
          activation: activation as 'relu',
        });
        const geometry = {
          input: input!,
          filter: filter!,
          output: y.shape as Shape,
          strides: [1, 1],
          offset: [1, 1],
        } as const;
        const [xs, ws, biases] = [await x.data(), await w.data(), await bias.data()];
        const expected = convolution(geometry, xs, ws).map((value, i) => {
          const shifted = value + (hasBias ? biases[i % outputs]! : 0);
          return activation === 'relu' ? Math.max(0, shifted) : shifted;
        });
        expect(largestDifference(await y.data(), expected)).toBeLessThan(5e-4);
        tf.dispose([x, w, bias, y]);
      }),
      { numRuns: 150 },
    );
  });

  it('has gradients that agree with double precision', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, async ({ batch, size, inputs, outputs }) => {
        const [input, filter, output]: Shape[] = [
          [batch, ...size, inputs],
          [3, 3, inputs, outputs],
          [batch, ...size, outputs],
        ];
        const [x, w, dy] = [normalTensor(input!, 1), normalTensor(filter!, 2), normalTensor(output!, 3)];
        const [dx, dw] = tf.grads((x, w) =>
          tf.sum(tf.mul(tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'same'), dy)),
        )([x, w]) as [tf.Tensor, tf.Tensor];
        const geometry = { input: input!, filter: filter!, output: output!, strides: [1, 1], offset: [1, 1] } as const;
        const expected = convolutionGradients(geometry, await x.data(), await w.data(), await dy.data());
        expect(largestDifference(await dx.data(), expected.dx)).toBeLessThan(5e-4);
        expect(largestDifference(await dw.data(), expected.dw)).toBeLessThan(1e-3);
        tf.dispose([x, w, dy, dx, dw]);
      }),
      { numRuns: 100 },
    );
  });

  it('uses a changed filter, and frees what it derived from the last', async () => {
    const [x, first, second] = [
      normalTensor([1, 4, 4, 8], 1),
      normalTensor([3, 3, 8, 8], 2),
      normalTensor([3, 3, 8, 8], 3),
    ];
    const filter = tf.variable(first);
    const apply = () => tf.conv2d(x as tf.Tensor4D, filter as unknown as tf.Tensor4D, 1, 'same');
    const before = apply();
    filter.assign(second);
    const after = apply();
    const expected = tf.conv2d(x as tf.Tensor4D, second as tf.Tensor4D, 1, 'same');
    expect([...(await after.data())]).toEqual([...(await expected.data())]);
    expect([...(await after.data())]).not.toEqual([...(await before.data())]);
    tf.dispose([x, first, second, filter, before, after, expected]);
  });
});

describe('SIMD batch normalisation', () => {
  const shapes = fc.tuple(fc.integer({ min: 1, max: 300 }), fc.constantFrom(4, 8, 20));

  it('agrees with double precision in statistics, values and gradients, also far from zero', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.constantFrom(0, 1000), async ([rows, channels], offset) => {
        fc.pre(rows > 2);
        const [x, dy] = [normalTensor([rows, 1, 1, channels], 1, offset), normalTensor([rows, 1, 1, channels], 2)];
        const [gamma, beta] = [normalTensor([channels], 3) as tf.Tensor1D, normalTensor([channels], 4) as tf.Tensor1D];
        const { mean, variance } = batchMoments(x);
        const by = { mean, variance, gamma };
        const y = batchNormalize(x as tf.Tensor4D, by, beta, 1e-5);
        const [dx, dGamma, dBeta] = batchNormGradient(x as tf.Tensor4D, dy as tf.Tensor4D, by, 1e-5);
        const arrays = await Promise.all([x, dy, gamma, beta].map((tensor) => tensor.data()));
        const expected = batchNorm(arrays[0]!, arrays[1]!, arrays[2]!, arrays[3]!, 1e-5);
        // A float of 1000 is exact to 6e-5.
        const rounding = offset === 0 ? 1 : 500;
        expect(largestDifference(await mean.data(), expected.mean)).toBeLessThan(1e-6 * rounding);
        expect(largestDifference(await variance.data(), expected.variance)).toBeLessThan(1e-5 * rounding);
        expect(largestDifference(await y.data(), expected.y)).toBeLessThan(1e-5 * rounding);
        expect(largestDifference(await dx.data(), expected.dx)).toBeLessThan(1e-5 * rounding);
        expect(largestDifference(await dGamma.data(), expected.dGamma)).toBeLessThan(1e-4 * rounding);
        expect(largestDifference(await dBeta.data(), expected.dBeta)).toBeLessThan(1e-4);
        tf.dispose([x, dy, beta, y, dx, dGamma, dBeta, gamma, mean, variance]);
      }),
      { numRuns: 60 },
    );
  });
});

it('the SIMD matrix product agrees with double precision, transposed or not, with bias and ReLU', async () => {
  const side = fc.integer({ min: 1, max: 40 });
  await fc.assert(
    fc.asyncProperty(side, side, side, fc.boolean(), fc.boolean(), fc.boolean(), async (n, m, k, tA, tB, isFused) => {
      const batch = 2;
      const [a, b] = [
        normalTensor([batch, ...(tA ? [k, n] : [n, k])], 1),
        normalTensor([batch, ...(tB ? [m, k] : [k, m])], 2),
      ];
      const bias = normalTensor([m], 3);
      const product = isFused
        ? tf.fused.matMul({ a, b, transposeA: tA, transposeB: tB, bias, activation: 'relu' })
        : tf.matMul(a, b, tA, tB);
      const biases = await bias.data();
      const expected = matrixProduct({ batch, rows: n, columns: m, depth: k }, await a.data(), tA, await b.data(), tB);
      const activated = isFused ? expected.map((value, i) => Math.max(0, value + biases[i % m]!)) : expected;
      expect(largestDifference(await product.data(), activated)).toBeLessThan(1e-4);
      tf.dispose([a, b, bias, product]);
    }),
    { numRuns: 100 },
  );
});

it('SIMD enlargement by whole factors repeats pixels, for any number of channels', async () => {
  const small = fc.integer({ min: 1, max: 5 });
  await fc.assert(
    fc.asyncProperty(small, small, small, small, small, async (height, width, channels, down, right) => {
      const x = normalTensor([2, height, width, channels], 1) as tf.Tensor4D;
      const y = tf.image.resizeNearestNeighbor(x, [height * down, width * right]);
      const values = await x.data();
      const expected = Float64Array.from({ length: y.size }, (_, i) => {
        const [c, pixel] = [i % channels, Math.floor(i / channels)];
        const [column, line] = [pixel % (width * right), Math.floor(pixel / (width * right))];
        const row = Math.floor((line % (height * down)) / down) + height * Math.floor(line / (height * down));
        return values[(row * width + Math.floor(column / right)) * channels + c]!;
      });
      expect(largestDifference(await y.data(), expected)).toBe(0);
      tf.dispose([x, y]);
    }),
  );
});

it('the SIMD gradient of ReLU is dy for positive input, and alpha times dy elsewhere', async () => {
  const [x, dy] = [tf.tensor1d([-1, 0, 2, -3, 5]), tf.tensor1d([1, 2, 3, 4, -5])];
  const gradients = [0, 0.5].map((alpha) => reluGradient(dy, x, alpha));
  expect([...(await gradients[0]!.data())].map((value) => value + 0)).toEqual([0, 0, 3, 0, -5]);
  expect([...(await gradients[1]!.data())]).toEqual([0.5, 1, 3, 2, -5]);
  tf.dispose([x, dy, ...gradients]);
});

it('the SIMD update of Adam agrees with double precision', async () => {
  for (const size of [1, 4, 7]) {
    const [weights, gradient, first] = [normalTensor([size], 1), normalTensor([size], 2), normalTensor([size], 3)];
    const second = tf.tidy(() => tf.square(normalTensor([size], 4)));
    const step = { beta1: 0.5, beta2: 0.9, epsilon: 1e-8, stepSize: 0.02, correction: Math.sqrt(1 - 0.9 ** 3) };
    const found = adamUpdate({ weights, gradient, first, second }, step);
    const [w, g, m, v] = await Promise.all([weights, gradient, first, second].map((tensor) => tensor.data()));
    for (let i = 0; i < size; i++) {
      const [m1, v1] = [0.5 * m![i]! + 0.5 * g![i]!, 0.9 * v![i]! + 0.1 * g![i]! ** 2];
      const w1 = w![i]! - (0.02 * m1) / (Math.sqrt(v1) / step.correction + 1e-8);
      const values = await Promise.all(found.map((tensor) => tensor.data()));
      [w1, m1, v1].forEach((value, which) => {
        expect(values[which]![i]).toBeCloseTo(value, 6);
      });
    }
    tf.dispose([weights, gradient, first, second, ...found]);
  }
});

it('the SIMD kernels leak neither tensors nor memory', async () => {
  const memory = (tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm;
  const apply = async () => {
    // In the Winograd domain the filter takes 590 kB.
    const [x, w] = [normalTensor([1, 4, 4, 64], 1), tf.ones<tf.Rank.R4>([3, 3, 64, 64])];
    const y = tf.conv2d(x, w, 1, 'same');
    tf.dispose([x, w, y]);
  };
  await expectNoLeak(apply);
  const before = memory.HEAPU8.length;
  for (let i = 0; i < 100; i++) await apply();
  expect(memory.HEAPU8.length).toBe(before);
});

import '@tensorflow/tfjs-layers'; // Registers the gradients.
import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useBackend } from '../../src/backends/use-backend.js';
import { largestDifference, normalTensor } from '../support/numbers.js';
import { expectNoLeak } from '../support/tensors.js';
import { maxPoolGradient, resizeGradient } from './double-precision.js';

type Shape = [number, number, number, number];

async function gradient(x: tf.Tensor4D, dy: tf.Tensor, apply: (x: tf.Tensor4D) => tf.Tensor) {
  const dx = tf.grad((input) => tf.sum(tf.mul(apply(input as tf.Tensor4D), dy)))(x);
  const values = await dx.data();
  tf.dispose([x, dy, dx]);
  return values;
}

async function maxPoolError(input: Shape, window: number, stride: number, pad: 'valid' | 'same' | number) {
  const x = normalTensor(input, 1, -1);
  const apply = (t: tf.Tensor4D) => tf.maxPool(t, window, stride, pad);
  const output = tf.tidy(() => apply(x).shape as Shape);
  const total = (size: number, out: number) => Math.max(0, (out - 1) * stride + window - size);
  const before = (axis: 1 | 2) =>
    pad === 'same' ? Math.floor(total(input[axis], output[axis]) / 2) : pad === 'valid' ? 0 : pad;
  const dy = normalTensor(output, 2);
  const pooling = { window: [window, window], strides: [stride, stride], offset: [before(1), before(2)] } as const;
  const expected = maxPoolGradient({ input, output, ...pooling }, await x.data(), await dy.data());
  return largestDifference(await gradient(x, dy, apply), expected);
}

describe('the gradient of max-pooling', () => {
  const sizes = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }));
  const small = fc.integer({ min: 1, max: 3 });
  // Fours go through vectors, what is left over does not.
  const channel = fc.integer({ min: 1, max: 9 });

  it.each([true, false])(
    'on wasm with SIMD kernels %s is that of double precision, for values of any sign, all windows, strides and paddings',
    async (simd) => {
      await useBackend('wasm', { simd });
      const pads = fc.constantFrom<('valid' | 'same' | number)[]>('valid', 'same', 1);
      await fc.assert(
        fc.asyncProperty(
          sizes,
          small,
          channel,
          small,
          small,
          pads,
          async (size, batch, channels, window, stride, pad) => {
            // A window must fit in, and must hold more than padding.
            fc.pre(pad !== 'valid' || (size[0] >= window && size[1] >= window));
            fc.pre(pad !== 1 || (window > 1 && size[0] + 2 >= window && size[1] + 2 >= window));
            expect(await maxPoolError([batch, ...size, channels], window, stride, pad)).toBeLessThan(1e-5);
          },
        ),
        { numRuns: 300 },
      );
    },
  );

  it.each([true, false])(
    'takes windows that tile only the padded image for what they are, SIMD kernels %s',
    async (simd) => {
      await useBackend('wasm', { simd });
      expect(await maxPoolError([2, 4, 4, 1], 2, 2, 1)).toBeLessThan(1e-5);
      expect(await maxPoolError([2, 6, 6, 1], 3, 3, 1)).toBeLessThan(1e-5);
    },
  );

  it.each([
    { simd: true, expected: [6, 0, 0, 0] },
    { simd: false, expected: [2, 2, 0, 2] },
  ])(
    'goes to the first of equal values, as in PyTorch; composed of other kernels they share it: $simd',
    async ({ simd, expected }) => {
      await useBackend('wasm', { simd });
      const x = tf.tensor4d([-2, -2, -5, -2], [1, 2, 2, 1]);
      const dx = await gradient(x, tf.scalar(6), (t) => tf.maxPool(t, 2, 2, 'valid'));
      expect([...dx]).toEqual(expected);
    },
  );

  it('leaks no tensor', async () => {
    for (const simd of [true, false]) {
      await useBackend('wasm', { simd });
      await expectNoLeak(() => maxPoolError([2, 6, 6, 2], 2, 2, 'valid'));
      await expectNoLeak(() => maxPoolError([2, 7, 7, 2], 3, 2, 'valid'));
    }
  });
});

describe.each([
  { backend: 'wasm', simd: true },
  { backend: 'wasm', simd: false },
  { backend: 'cpu', simd: false },
] as const)('the gradient of nearest-neighbour resizing on $backend, SIMD kernels $simd', ({ backend, simd }) => {
  const size = fc.integer({ min: 1, max: 7 });
  const size2 = fc.tuple(size, size);

  async function resizeError(input: Shape, to: [number, number], alignCorners: boolean) {
    const output: Shape = [input[0], ...to, input[3]];
    const dy = normalTensor(output, 2);
    const source = (pixel: number, from: number, to: number) =>
      alignCorners && to > 1
        ? Math.min(from - 1, Math.round(Math.fround((pixel * (from - 1)) / (to - 1))))
        : Math.min(from - 1, Math.floor((pixel * from) / to));
    const expected = resizeGradient(input, output, source, await dy.data());
    const apply = (t: tf.Tensor4D) => tf.image.resizeNearestNeighbor(t, to, alignCorners);
    return largestDifference(await gradient(normalTensor(input, 1), dy, apply), expected);
  }

  it('by whole factors sums each block of copies, in every image of a batch', async () => {
    await useBackend(backend, { simd });
    const [factor, channel] = [fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 9 })];
    await fc.assert(
      fc.asyncProperty(size2, channel, factor, factor, async ([height, width], channels, down, right) => {
        expect(await resizeError([3, height, width, channels], [height * down, width * right], false)).toBeLessThan(
          1e-5,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('by other factors, and with corners aligned, is right in every image of a batch', async () => {
    await useBackend(backend, { simd });
    expect(await resizeError([3, 2, 3, 2], [5, 4], false)).toBeLessThan(1e-5);
    expect(await resizeError([3, 4, 6, 1], [3, 5], false)).toBeLessThan(1e-5);
    expect(await resizeError([2, 3, 3, 1], [9, 9], true)).toBeLessThan(1e-5);
    expect(await resizeError([2, 2, 4, 2], [5, 7], true)).toBeLessThan(1e-5);
  });

  it('leaks no tensor', async () => {
    await useBackend(backend, { simd });
    await expectNoLeak(() => resizeError([2, 3, 3, 1], [6, 6], false));
    await expectNoLeak(() => resizeError([2, 3, 3, 1], [5, 5], false));
  });
});

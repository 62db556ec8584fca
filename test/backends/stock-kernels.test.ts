import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-layers'; // Registers the gradients.
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../src/backends/use-backend.js';
import { largestDifference, normalNumbers, normalTensor } from '../support/numbers.js';
import { maxPoolGradient, resizeGradient } from './double-precision.js';

/** Gradients of a sum weighted by `dy`; undefined where tfjs throws. */
async function gradientOf(
  apply: (x: tf.Tensor4D) => tf.Tensor,
  x: ArrayLike<number>,
  shape: number[],
  dy: ArrayLike<number>,
): Promise<Float32Array | undefined> {
  try {
    const weighted = tf.tidy(() => {
      const loss = (input: tf.Tensor) => {
        const y = apply(input as tf.Tensor4D);
        return tf.sum(tf.mul(y, tf.tensor(Float32Array.from(dy), y.shape)));
      };
      return tf.grad(loss)(tf.tensor(Float32Array.from(x), shape));
    });
    const values = (await weighted.data()) as Float32Array;
    weighted.dispose();
    return values;
  } catch {
    return undefined;
  }
}

interface WrongKernel {
  backend: 'wasm' | 'cpu';
  what: string;
  apply: (x: tf.Tensor4D) => tf.Tensor;
  shape: [number, number, number, number];
  x: Float32Array;
  dy: Float32Array;
  expected: ArrayLike<number>;
}

const negative = (count: number, seed: number) => normalNumbers(count, seed).map((value) => -Math.abs(value) - 0.01);

function pooling(what: string, size: number, window: number, stride: number, x: Float32Array): WrongKernel {
  const [shape, side] = [[2, size, size, 3] as const, Math.floor((size - window) / stride) + 1];
  const output = [2, side, side, 3] as const;
  const dy = normalNumbers(2 * side * side * 3, 2);
  const pair = { window: [window, window], strides: [stride, stride], offset: [0, 0] } as const;
  const apply = (input: tf.Tensor4D) => tf.maxPool(input, window, stride, 'valid');
  const expected = maxPoolGradient({ input: shape, output, ...pair }, x, dy);
  return { backend: 'wasm', what: `MaxPool ${what}`, apply, shape: [...shape], x, dy, expected };
}

function filterGradient(): WrongKernel {
  // One pixel, one channel, a 1x2 filter: y = [a w0 + b w1], so dL/dw = dy [a, b].
  const apply = (filter: tf.Tensor4D) => tf.conv2d(tf.tensor4d([3, -5], [1, 1, 2, 1]), filter, 1, 'valid');
  const [x, dy] = [Float32Array.of(1, 1), Float32Array.of(2)];
  return { backend: 'wasm', what: 'filter of Conv2D', apply, shape: [1, 2, 1, 1], x, dy, expected: [6, -10] };
}

function enlargement(): WrongKernel {
  const [shape, output] = [[3, 4, 4, 2] as const, [3, 8, 8, 2] as const];
  const dy = normalNumbers(3 * 8 * 8 * 2, 3);
  const apply = (input: tf.Tensor4D) => tf.image.resizeNearestNeighbor(input, [8, 8]);
  const expected = resizeGradient(shape, output, (pixel) => Math.floor(pixel / 2), dy);
  const x = normalNumbers(96, 4);
  return { backend: 'cpu', what: 'ResizeNearestNeighbor of a batch', apply, shape: [...shape], x, dy, expected };
}

const wrongKernels: WrongKernel[] = [
  filterGradient(),
  pooling('with tiled windows of negative values', 6, 2, 2, negative(216, 5)),
  pooling('with tiled windows, some negative', 6, 2, 2, normalNumbers(216, 6, -0.5)),
  pooling('with overlapping windows, some negative', 7, 3, 2, normalNumbers(294, 7, -1)),
  pooling('with windows that leave a border, some negative', 7, 2, 2, normalNumbers(294, 8, -1)),
  enlargement(),
];

describe('kernels that are wrong in tfjs 4.22', () => {
  const stock = new Map<WrongKernel, Float32Array | undefined>();

  beforeAll(async () => {
    for (const wrong of wrongKernels) {
      await tf.setBackend(wrong.backend);
      stock.set(wrong, await gradientOf(wrong.apply, wrong.x, wrong.shape, wrong.dy));
    }
    // From here on they are corrected: kernels belong to the process.
    await useBackend('wasm');
    await useBackend('cpu');
  });

  it.each(wrongKernels)('$backend: the stock gradient of $what is wrong or missing', (wrong) => {
    expect(largestDifference(stock.get(wrong) ?? [], wrong.expected)).toBeGreaterThan(0.1);
  });

  it.each(wrongKernels)('$backend: the gradient of $what is right after useBackend', async (wrong) => {
    await useBackend(wrong.backend);
    const corrected = await gradientOf(wrong.apply, wrong.x, wrong.shape, wrong.dy);
    expect(largestDifference(corrected!, wrong.expected)).toBeLessThan(1e-5);
  });

  it('useBackend does not change the kernels of other backends', async () => {
    await useBackend('cpu');
    expect(tf.getKernel('Conv2DBackpropFilter', 'webgl')).toBeUndefined();
  });
});

describe('cpu keeps its own filter gradient for NCHW', () => {
  it('which agrees with the transposed problem', async () => {
    await useBackend('cpu');
    const [x, filter] = [normalTensor([2, 5, 4, 2], 1), normalTensor([3, 2, 2, 3], 2)];
    const gradient = (format: 'NHWC' | 'NCHW', input: tf.Tensor4D) =>
      tf.grad((w) => tf.sum(tf.square(tf.conv2d(input, w as tf.Tensor4D, 1, 'valid', format))))(filter);
    const [last, first] = [gradient('NHWC', x), gradient('NCHW', tf.transpose(x, [0, 3, 1, 2]))];
    expect(largestDifference(await first.data(), await last.data())).toBeLessThan(1e-3);
  });
});

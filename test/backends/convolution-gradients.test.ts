import '@tensorflow/tfjs-layers'; // Registers the gradients.
import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useBackend } from '../../src/backends/use-backend.js';
import { largestDifference, normalTensor } from '../support/numbers.js';
import { expectNoLeak } from '../support/tensors.js';
import { convolutionGradients } from './double-precision.js';

type Pad = 'same' | 'valid' | number | [[0, 0], [number, number], [number, number], [0, 0]];

interface Convolution {
  input: [number, number, number, number];
  filter: [number, number, number, number];
  strides: [number, number];
  pad: Pad;
}

/** Padding before, and the output's size, along the rows and the columns: TensorFlow's definitions. */
function sides({ input, filter, strides, pad }: Convolution) {
  return ([0, 1] as const).map((axis) => {
    const [size, kernel, stride] = [input[axis + 1]!, filter[axis], strides[axis]];
    if (pad === 'same') {
      const output = Math.ceil(size / stride);
      const before = Math.floor(Math.max(0, (output - 1) * stride + kernel - size) / 2);
      return { before, output, kernel, stride };
    }
    const [before, after] =
      typeof pad === 'object' ? (pad[axis + 1] as [number, number]) : pad === 'valid' ? [0, 0] : [pad, pad];
    return { before, output: Math.floor((size + before + after - kernel) / stride) + 1, kernel, stride };
  });
}

/** How far tfjs's gradients are from those in double precision. */
async function gradientErrors(convolution: Convolution): Promise<{ dx: number; dw: number }> {
  const { input, filter, strides, pad } = convolution;
  const [rows, columns] = sides(convolution);
  const output: Convolution['input'] = [input[0], rows!.output, columns!.output, filter[3]];
  const [x, w, dy] = [normalTensor(input, 1), normalTensor(filter, 2), normalTensor(output, 3)];
  const loss = (x: tf.Tensor, w: tf.Tensor) =>
    tf.sum(tf.mul(tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, strides, pad as 'same'), dy));
  const [dx, dw] = tf.grads(loss)([x, w]) as [tf.Tensor, tf.Tensor];
  const expected = convolutionGradients(
    { input, filter, output, strides, offset: [rows!.before, columns!.before] },
    await x.data(),
    await w.data(),
    await dy.data(),
  );
  const errors = {
    dx: largestDifference(await dx.data(), expected.dx),
    dw: largestDifference(await dw.data(), expected.dw),
  };
  tf.dispose([x, w, dy, dx, dw]);
  return errors;
}

const upTo = (max: number) => fc.integer({ min: 1, max });
const padding = (kernel: number) => fc.tuple(fc.nat(kernel), fc.nat(kernel));

const convolutions: fc.Arbitrary<Convolution> = fc
  .record({
    batch: upTo(3),
    size: fc.tuple(upTo(9), upTo(9)),
    kernel: fc.tuple(upTo(5), upTo(5)),
    channels: fc.tuple(upTo(3), upTo(3)),
    strides: fc.tuple(upTo(2), upTo(2)),
  })
  .chain(({ batch, size, kernel, channels, strides }) => {
    const explicit = fc
      .tuple(padding(kernel[0]), padding(kernel[1]))
      .map(([rows, columns]): Pad => [[0, 0], rows, columns, [0, 0]]);
    // tfjs takes one number as padding of square filters and strides only: of others it computes a wrong output size.
    const isSquare = kernel[0] === kernel[1] && strides[0] === strides[1];
    const number: fc.Arbitrary<Pad> = isSquare ? fc.nat(2) : fc.constant('valid');
    return fc.oneof(fc.constant<Pad>('same'), fc.constant<Pad>('valid'), number, explicit).map((pad) => ({
      input: [batch, ...size, channels[0]] as Convolution['input'],
      filter: [...kernel, ...channels] as Convolution['filter'],
      strides,
      pad,
    }));
  })
  // Where not even the last position of the filter reaches the image, there is nothing to derive.
  .filter((convolution) =>
    sides(convolution).every(
      ({ output, before, kernel, stride }) => output >= 1 && (output - 1) * stride + kernel > before,
    ),
  );

describe('gradients of a convolution', () => {
  it.each([true, false])(
    'on wasm with SIMD kernels %s are those of double precision, for all shapes, strides and paddings',
    async (simd) => {
      await useBackend('wasm', { simd });
      await fc.assert(
        fc.asyncProperty(convolutions, async (convolution) => {
          const { dx, dw } = await gradientErrors(convolution);
          expect(dx).toBeLessThan(5e-5);
          expect(dw).toBeLessThan(5e-5);
        }),
        { numRuns: 400 },
      );
    },
  );

  // What the networks are made of: 3x3 and 1x1, a batch, odd and even sizes, a stride, uneven padding.
  it.each<Convolution>([
    { input: [4, 8, 8, 6], filter: [3, 3, 6, 5], strides: [1, 1], pad: 'same' },
    { input: [4, 7, 5, 6], filter: [1, 1, 6, 5], strides: [1, 1], pad: 'same' },
    { input: [1, 9, 8, 3], filter: [3, 3, 3, 4], strides: [2, 2], pad: 'same' },
    { input: [2, 6, 6, 2], filter: [3, 3, 2, 2], strides: [2, 2], pad: 'valid' },
    {
      input: [2, 5, 6, 2],
      filter: [4, 2, 2, 3],
      strides: [1, 2],
      pad: [
        [0, 0],
        [0, 3],
        [2, 1],
        [0, 0],
      ],
    },
    { input: [2, 4, 4, 2], filter: [1, 1, 2, 2], strides: [1, 1], pad: 1 },
  ])('on cpu and wasm agree for $input * $filter, strides $strides, padding $pad', async (convolution) => {
    for (const [backend, simd] of [['cpu'], ['wasm', true], ['wasm', false]] as const) {
      await useBackend(backend, { simd });
      const { dx, dw } = await gradientErrors(convolution);
      expect(dx).toBeLessThan(1e-4);
      expect(dw).toBeLessThan(1e-4);
    }
  });

  it('leak no tensor', async () => {
    for (const simd of [true, false]) {
      await useBackend('wasm', { simd });
      for (const strides of [1, 2]) {
        await expectNoLeak(() =>
          gradientErrors({ input: [2, 6, 6, 2], filter: [3, 3, 2, 2], strides: [strides, strides], pad: 'valid' }),
        );
      }
    }
  });
});

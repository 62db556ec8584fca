import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { AveragePooling } from '../../src/networks/average-pooling.js';
import { normalTensor } from '../support/numbers.js';
import { expectNoLeak } from '../support/tensors.js';

const averaged = (x: tf.Tensor) => new AveragePooling({ name: 'average' }).call(x) as tf.Tensor4D;

it('AveragePooling is the mean of nine pixels, the border repeated, in an example worked by hand', async () => {
  const x = tf.tensor4d([9, 0, 0, 0, 0, 0, 0, 0, 0], [1, 3, 3, 1]);
  const y = averaged(x);
  // The corner counts for itself and, repeated, for three more.
  expect(Array.from(await y.data())).toEqual([4, 2, 0, 2, 1, 0, 0, 0, 0].map((value) => expect.closeTo(value, 5)));
  tf.dispose([x, y]);
});

it('AveragePooling has the gradient of a linear map, at the border too', async () => {
  await expectNoLeak(async () => {
    const [x, weights] = [normalTensor([2, 5, 4, 3], 1), normalTensor([2, 5, 4, 3], 2)];
    const gradient = tf.grad((input) => tf.sum(tf.mul(averaged(input), weights)))(x);
    // <S x, w> = <x, S^T w>
    const [there, back] = tf.tidy(() => [tf.sum(tf.mul(averaged(x), weights)), tf.sum(tf.mul(x, gradient))]);
    expect((await there!.data())[0]).toBeCloseTo((await back!.data())[0]!, 4);
    tf.dispose([x, weights, gradient, there!, back!]);
  });
});

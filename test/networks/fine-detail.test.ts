import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { FineDetail } from '../../src/networks/fine-detail.js';
import { expectNoLeak, useWasm } from '../support/tensors.js';

beforeAll(useWasm);

it('is the picture, and what differs from the mean of nine pixels, amplified: worked by hand', async () => {
  await expectNoLeak(async () => {
    const x = tf.tensor4d([9, 0, 0, 0, 0, 0, 0, 0, 0], [1, 3, 3, 1]);
    const y = new FineDetail({ name: 'detail', gain: 2 }).call(x) as tf.Tensor4D;
    expect(y.shape).toEqual([1, 3, 3, 2]);
    const values = Array.from(await y.data());
    expect(values.filter((_, index) => index % 2 === 0)).toEqual([9, 0, 0, 0, 0, 0, 0, 0, 0]);
    // The means, with the border repeated, are 4 2 0, 2 1 0, 0 0 0.
    const detail = [10, -4, 0, -4, -2, 0, 0, 0, 0].map((value) => expect.closeTo(value, 5));
    expect(values.filter((_, index) => index % 2 === 1)).toEqual(detail);
    tf.dispose([x, y]);
  });
});

it('is nothing beside an even picture', async () => {
  const x = tf.fill([1, 4, 4, 3], 0.7) as tf.Tensor4D;
  const y = new FineDetail({ name: 'detail', gain: 6 }).call(x) as tf.Tensor4D;
  const [, detail] = tf.split(y, 2, 3);
  expect(Math.max(...(await detail!.data()).map(Math.abs))).toBeLessThan(1e-5);
});

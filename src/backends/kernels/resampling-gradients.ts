import * as tf from '@tensorflow/tfjs-core';

/** Height and width of a pooling window or stride. */
export type Window = readonly [number, number];

/** Whether pooling windows tile the input exactly: the only case {@link tiledMaxPoolGradient} takes. */
export function isTiled(inputShape: readonly number[], window: Window, strides: Window, pad: unknown): boolean {
  // By name, padding appears only where windows do not fit.
  const mayBePadded = typeof pad !== 'string' && pad !== 0;
  return (
    !mayBePadded &&
    window[0] === strides[0] &&
    window[1] === strides[1] &&
    inputShape[1]! % window[0] === 0 &&
    inputShape[2]! % window[1] === 0
  );
}

/**
 * The gradient of max-pooling with windows that tile the input. Where several values of a window are the largest they
 * share the gradient. (tfjs-backend-wasm's own kernel sends it to the wrong place where a window's maximum is not
 * positive.)
 */
export function tiledMaxPoolGradient(x: tf.Tensor4D, y: tf.Tensor4D, dy: tf.Tensor4D, window: Window): tf.Tensor4D {
  const size: [number, number] = [x.shape[1], x.shape[2]];
  return tf.tidy(() => {
    const isLargest = tf.sub(1, tf.step(tf.sub(tf.image.resizeNearestNeighbor(y, size), x)));
    const count = tf.mul(
      tf.avgPool(isLargest as tf.Tensor4D, [...window], [...window], 'valid'),
      window[0] * window[1],
    );
    return tf.mul(isLargest, tf.image.resizeNearestNeighbor(tf.div(dy, count) as tf.Tensor4D, size));
  });
}

/**
 * The gradient of nearest-neighbour enlargement by whole factors: the sum over each block of copies.
 * (tfjs-backend-cpu's own kernel reads a wrong face's gradient for all but the first of a batch.)
 */
export function blockSumGradient(dy: tf.Tensor4D, factor: Window): tf.Tensor4D {
  return tf.tidy(() => tf.mul(tf.avgPool(dy, [...factor], [...factor], 'valid'), factor[0] * factor[1]));
}

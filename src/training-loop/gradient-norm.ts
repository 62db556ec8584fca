import * as tf from '@tensorflow/tfjs-core';

/** The Euclidean length of all gradients as one vector. The caller disposes it. */
export function gradientNorm(gradients: tf.NamedTensorMap): tf.Scalar {
  return tf.tidy(() => {
    const squares = Object.values(gradients).map((gradient) => tf.sum(tf.square(gradient)));
    return tf.sqrt(tf.addN(squares)) as tf.Scalar;
  });
}

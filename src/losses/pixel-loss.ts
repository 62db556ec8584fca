import * as tf from '@tensorflow/tfjs-core';

/**
 * l_pixel (Eq. 4): the mean squared difference of subsampled and generated faces, over pixels, channels and faces. It
 * keeps the content of the face while G1 changes its look. The caller disposes it.
 *
 * @param subsampled F(I), `[faces, 32, 32, 3]` in -1..1.
 * @param generated G1(I, z), of the same shape.
 */
export function pixelLoss(subsampled: tf.Tensor4D, generated: tf.Tensor4D): tf.Scalar {
  return tf.tidy(() => tf.mean(tf.squaredDifference(subsampled, generated)) as tf.Scalar);
}

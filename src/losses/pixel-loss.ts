import * as tf from '@tensorflow/tfjs-core';

/**
 * l_pixel of Eq. 4: the mean squared difference of subsampled and generated faces, over pixels, channels and faces. It keeps what the face
 * shows while G1 changes how it looks. The caller disposes it.
 *
 * @param subsampled F(I), `[faces, 32, 32, 3]` in -1..1.
 * @param generated G1(I, z), of the same shape.
 */
export function pixelLoss(subsampled: tf.Tensor4D, generated: tf.Tensor4D): tf.Scalar {
  return tf.tidy(() => tf.mean(tf.squaredDifference(subsampled, generated)) as tf.Scalar);
}

import * as tf from '@tensorflow/tfjs-core';

/** Eq. 2 and its terms; the caller disposes them. */
export interface HingeDiscriminatorLoss {
  total: tf.Scalar;
  /** `mean(relu(1 - D(x)))`, of real faces. */
  real: tf.Scalar;
  /** `mean(relu(1 + D(G(z))))`, of generated faces. */
  fake: tf.Scalar;
}

/**
 * What D1 minimises: the negative of Eq. 2, which the paper maximises. A score beyond 1 on the right side costs
 * nothing.
 *
 * @param real D1's scores of real faces, `[faces, 1]`.
 * @param fake D1's scores of generated faces, `[faces, 1]`; their number may differ.
 */
export function hingeDiscriminatorLoss(real: tf.Tensor, fake: tf.Tensor): HingeDiscriminatorLoss {
  return tf.tidy(() => {
    const ofReal = tf.mean(tf.relu(tf.sub(1, real))) as tf.Scalar;
    const ofFake = tf.mean(tf.relu(tf.add(1, fake))) as tf.Scalar;
    return { total: tf.add(ofReal, ofFake) as tf.Scalar, real: ofReal, fake: ofFake };
  });
}

/** l_GAN of Eq. 1, for G1: `-mean(D(G(z)))`, of D1's scores `[faces, 1]` of generated faces. The caller disposes it. */
export function hingeGeneratorLoss(fake: tf.Tensor): tf.Scalar {
  return tf.tidy(() => tf.neg(tf.mean(fake)) as tf.Scalar);
}

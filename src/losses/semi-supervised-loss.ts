import * as tf from '@tensorflow/tfjs-core';

/** The weights of Eq. 13. The paper asks for `a l_MSE > b l_kp > c l_conf` and names no values. */
export interface SemiSupervisedLossWeights {
  /** a, of l_MSE. */
  mse: number;
  /** b, of l_kp. */
  keypoint: number;
  /** c, of l_conf. */
  confidence: number;
}

/** The terms of Eq. 13, without those of absent discriminators. */
export interface SemiSupervisedTerms {
  /** l_G^MSE of Eq. 10. */
  mse: tf.Scalar;
  /** l_G^kp of Eq. 11. */
  keypoint?: tf.Scalar | undefined;
  /** l_G^conf of Eq. 12. */
  confidence?: tf.Scalar | undefined;
}

/** What G2 minimises: `a l_MSE + b l_kp + c l_conf` (Eq. 13). The caller disposes it. */
export function semiSupervisedLoss(terms: SemiSupervisedTerms, weights: SemiSupervisedLossWeights): tf.Scalar {
  const { mse, keypoint, confidence } = terms;
  return tf.tidy(() => {
    let total = tf.mul(mse, weights.mse);
    if (keypoint) total = tf.add(total, tf.mul(keypoint, weights.keypoint));
    if (confidence) total = tf.add(total, tf.mul(confidence, weights.confidence));
    return total as tf.Scalar;
  });
}

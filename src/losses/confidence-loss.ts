import * as tf from '@tensorflow/tfjs-core';

/** Eq. 9 and its terms; the caller disposes them. */
export interface ConfidenceDiscriminatorLoss {
  total: tf.Scalar;
  /** `E[(D3(x) - 1)^2]`: generated faces with the ground truth. */
  real: tf.Scalar;
  /** `E[D3(x)^2]`: generated faces with predictions. */
  fakeGenerated: tf.Scalar;
  /** `E[D3(y)^2]`: real low-resolution faces with predictions. */
  fakeReal: tf.Scalar;
}

/** D3's outputs, `[faces, 1]` each. */
export interface Confidences {
  /** For the ground truth on generated faces. */
  truth: tf.Tensor;
  /** For predictions on generated faces. */
  generated: tf.Tensor;
  /** For predictions on real low-resolution faces. */
  real: tf.Tensor;
}

/** What D3 minimises (Eq. 9): least squares towards 1 for ground truth, towards 0 for both kinds of predictions. */
export function confidenceDiscriminatorLoss({ truth, generated, real }: Confidences): ConfidenceDiscriminatorLoss {
  return tf.tidy(() => {
    const ofTruth = tf.mean(tf.squaredDifference(truth, 1)) as tf.Scalar;
    const [ofGenerated, ofReal] = [tf.mean(tf.square(generated)), tf.mean(tf.square(real))] as [tf.Scalar, tf.Scalar];
    const total = tf.add(ofTruth, tf.add(ofGenerated, ofReal)) as tf.Scalar;
    return { total, real: ofTruth, fakeGenerated: ofGenerated, fakeReal: ofReal };
  });
}

/**
 * l_G^conf (Eq. 12), which G2 minimises: least squares towards 1 for its predictions, averaged over generated and real
 * faces together. The caller disposes it.
 */
export function confidenceGeneratorLoss({ generated, real }: Pick<Confidences, 'generated' | 'real'>): tf.Scalar {
  return tf.tidy(() => tf.mean(tf.squaredDifference(tf.concat([generated, real], 0), 1)) as tf.Scalar);
}

import * as tf from '@tensorflow/tfjs-core';

/** Eq. 9 in parts; scalars that the caller disposes. */
export interface ConfidenceDiscriminatorLoss {
  total: tf.Scalar;
  /** `E[(D3(x) - 1)^2]`: generated faces with the ground truth. */
  real: tf.Scalar;
  /** `E[D3(x)^2]`: generated faces with predictions. */
  fakeGenerated: tf.Scalar;
  /** `E[D3(y)^2]`: real low-resolution faces with predictions. */
  fakeReal: tf.Scalar;
}

/** D3's answers, `[faces, 1]` each. */
export interface Confidences {
  /** Of the ground truth on generated faces. */
  truth: tf.Tensor;
  /** Of predictions on generated faces. */
  generated: tf.Tensor;
  /** Of predictions on real low-resolution faces. */
  real: tf.Tensor;
}

/** What D3 minimises (Eq. 9): least squares towards 1 for the ground truth and 0 for both kinds of predictions. */
export function confidenceDiscriminatorLoss({ truth, generated, real }: Confidences): ConfidenceDiscriminatorLoss {
  return tf.tidy(() => {
    const ofTruth = tf.mean(tf.squaredDifference(truth, 1)) as tf.Scalar;
    const [ofGenerated, ofReal] = [tf.mean(tf.square(generated)), tf.mean(tf.square(real))] as [tf.Scalar, tf.Scalar];
    const total = tf.add(ofTruth, tf.add(ofGenerated, ofReal)) as tf.Scalar;
    return { total, real: ofTruth, fakeGenerated: ofGenerated, fakeReal: ofReal };
  });
}

/**
 * l_G^conf of Eq. 12, what G2 minimises: least squares towards 1 of its predictions, the mean over generated and real faces together. The
 * caller disposes it.
 */
export function confidenceGeneratorLoss({ generated, real }: Pick<Confidences, 'generated' | 'real'>): tf.Scalar {
  return tf.tidy(() => tf.mean(tf.squaredDifference(tf.concat([generated, real], 0), 1)) as tf.Scalar);
}

import * as tf from '@tensorflow/tfjs-core';

/**
 * Softmax cross entropy, what LightCNN learns identities by: the mean over faces of `-log softmax(logits)` at whom the face shows. The caller disposes
 * it.
 *
 * @param logits `[faces, identities]`.
 * @param identities `[faces]`, whole numbers: the column of each face's identity.
 */
export function identityLoss(logits: tf.Tensor2D, identities: tf.Tensor1D): tf.Scalar {
  return tf.tidy(() => {
    const truth = tf.oneHot(tf.cast(identities, 'int32'), logits.shape[1]);
    const perFace = tf.sum(tf.mul(tf.cast(truth, 'float32'), tf.logSoftmax(logits)), 1);
    return tf.neg(tf.mean(perFace)) as tf.Scalar;
  });
}

/** The share of faces whose largest logit is that of whom they show (top-1). The caller disposes it. */
export function identityAccuracy(logits: tf.Tensor2D, identities: tf.Tensor1D): tf.Scalar {
  return tf.tidy(() => {
    const isRight = tf.equal(tf.argMax(logits, 1), tf.cast(identities, 'int32'));
    return tf.mean(tf.cast(isRight, 'float32')) as tf.Scalar;
  });
}

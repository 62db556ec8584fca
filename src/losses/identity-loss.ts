import * as tf from '@tensorflow/tfjs-core';

/**
 * Softmax cross entropy, by which LightCNN learns identities: the mean over faces of `-log softmax(logits)` at the
 * face's identity. The caller disposes it.
 *
 * @param logits `[faces, identities]`.
 * @param identities `[faces]`, whole numbers: each face's column.
 */
export function identityLoss(logits: tf.Tensor2D, identities: tf.Tensor1D): tf.Scalar {
  return tf.tidy(() => {
    const truth = tf.oneHot(tf.cast(identities, 'int32'), logits.shape[1]);
    const perFace = tf.sum(tf.mul(tf.cast(truth, 'float32'), tf.logSoftmax(logits)), 1);
    return tf.neg(tf.mean(perFace)) as tf.Scalar;
  });
}

/** Top-1 accuracy, 0..1: the share of faces whose largest logit is at their identity. The caller disposes it. */
export function identityAccuracy(logits: tf.Tensor2D, identities: tf.Tensor1D): tf.Scalar {
  return tf.tidy(() => {
    const isRight = tf.equal(tf.argMax(logits, 1), tf.cast(identities, 'int32'));
    return tf.mean(tf.cast(isRight, 'float32')) as tf.Scalar;
  });
}

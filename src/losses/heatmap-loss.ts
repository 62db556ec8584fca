import * as tf from '@tensorflow/tfjs-core';

/** How a heatmap loss is reduced over its `[faces, height, width, channels]`. */
export type HeatmapReduction = 'sum-channels' | 'mean' | 'sum';

/** Eq. 10 and its parts, of one reduction; the caller disposes them. */
export interface HeatmapLoss {
  total: tf.Scalar;
  landmarks: tf.Scalar;
  /** Of the last channel: 70-75 % of the loss of an all-zero prediction, hence separate. */
  background: tf.Scalar;
}

/**
 * The squared error of heatmaps, l_MSE (Eq. 10): `sum over i of (H_i - Ĥ_i)^2`.
 *
 * @param truth H, `[faces, height, width, N + 1]`.
 * @param prediction Ĥ, of the same shape.
 * @param visible `[faces, 1, 1, N + 1]`: 0 for invisible landmarks, which do not count, 1 for others.
 * @param reduction `sum-channels` (default) sums over channels and averages over pixels and faces. In Eq. 8 with
 *   lambda_k = 0.001, a full mean would keep k_t at 0 for 48,000 steps, and a full sum saturate it in two.
 */
export function heatmapLoss(
  truth: tf.Tensor4D,
  prediction: tf.Tensor4D,
  visible: tf.Tensor4D,
  reduction: HeatmapReduction = 'sum-channels',
): HeatmapLoss {
  return tf.tidy(() => {
    const [faces, height, width, channels] = truth.shape;
    const squared = tf.mul(tf.squaredDifference(truth, prediction), visible);
    const rows = faces * height * width;
    const sums = tf.reshape(tf.matMul(tf.ones([1, rows]), tf.reshape(squared, [rows, channels])), [channels]);
    const scale = { 'sum-channels': 1 / rows, mean: 1 / (rows * channels), sum: 1 }[reduction];
    const landmarks = tf.mul(tf.sum(tf.slice(sums, 0, channels - 1)), scale) as tf.Scalar;
    const background = tf.mul(tf.sum(tf.slice(sums, channels - 1, 1)), scale) as tf.Scalar;
    return { total: tf.add(landmarks, background) as tf.Scalar, landmarks, background };
  });
}

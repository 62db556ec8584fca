import * as tf from '@tensorflow/tfjs-core';

/** How a heatmap loss adds up over its `[faces, height, width, channels]`. */
export type HeatmapReduction = 'sum-channels' | 'mean' | 'sum';

/** Eq. 10 in parts; scalars of the same reduction. The caller disposes them. */
export interface HeatmapLoss {
  total: tf.Scalar;
  landmarks: tf.Scalar;
  /** The last channel. 70-75 % of the loss of a prediction that is zero everywhere, hence kept apart. */
  background: tf.Scalar;
}

/**
 * The squared error of heatmaps, l_MSE of Eq. 10: `sum over i of (H_i - Ĥ_i)^2`.
 *
 * @param truth H, `[faces, height, width, N + 1]`.
 * @param prediction Ĥ, of the same shape.
 * @param visible `[faces, 1, 1, N + 1]`, 0 for landmarks that are not visible and so do not count, 1 for all others.
 * @param reduction `sum-channels` (default) sums over channels and takes the mean over pixels and faces: with the k_t of Eq. 8 and
 *   lambda_k = 0.001 a full mean would keep D2 asleep for 48,000 steps and a full sum saturate k_t in two.
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

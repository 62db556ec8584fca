import * as tf from '@tensorflow/tfjs-core';
import { type HeatmapReduction, heatmapLoss } from './heatmap-loss.js';

/**
 * D2's reconstruction error, `sum over i of (H_i - D2(H_i, I))^2`: l_D^real for ground truth (Eq. 5), l_D^fake for
 * predictions (Eq. 6), and for G2 l_G^kp (Eq. 11). The gradient flows through both tensors. The caller disposes it.
 *
 * @param heatmaps D2's input, `[faces, height, width, N + 1]`.
 * @param reconstruction D2's output.
 * @param visible `[faces, 1, 1, N + 1]`: 0 for landmarks that do not count, 1 for others.
 * @param reduction See `heatmapLoss`.
 */
export function reconstructionLoss(
  heatmaps: tf.Tensor4D,
  reconstruction: tf.Tensor4D,
  visible: tf.Tensor4D,
  reduction?: HeatmapReduction,
): tf.Scalar {
  return tf.tidy(() => heatmapLoss(heatmaps, reconstruction, visible, reduction).total);
}

/**
 * What D2 minimises: `l_D^real - k_t l_D^fake` (Eq. 7). The caller disposes it.
 *
 * @param kt k_t of Eq. 8, 0..1.
 */
export function heatmapDiscriminatorLoss(real: tf.Scalar, fake: tf.Scalar, kt: number): tf.Scalar {
  return tf.tidy(() => tf.sub(real, tf.mul(fake, kt)));
}

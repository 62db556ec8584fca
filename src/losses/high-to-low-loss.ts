import * as tf from '@tensorflow/tfjs-core';

/** The weights of Eq. 1. */
export interface HighToLowLossWeights {
  /** alpha, of l_GAN. */
  gan: number;
  /** beta, of l_pixel. */
  pixel: number;
}

/** Eq. 1 and its terms; the caller disposes them. */
export interface HighToLowLoss {
  total: tf.Scalar;
  /** alpha l_GAN; the paper wants it to be the greater in absolute value. */
  weightedGan: tf.Scalar;
  /** beta l_pixel. */
  weightedPixel: tf.Scalar;
}

/**
 * What G1 minimises: `alpha l_GAN + beta l_pixel` (Eq. 1).
 *
 * @param gan l_GAN, `hingeGeneratorLoss`.
 * @param pixel l_pixel of Eq. 4, `pixelLoss`.
 */
export function highToLowLoss(gan: tf.Scalar, pixel: tf.Scalar, weights: HighToLowLossWeights): HighToLowLoss {
  return tf.tidy(() => {
    const [weightedGan, weightedPixel] = [tf.mul(gan, weights.gan), tf.mul(pixel, weights.pixel)] as [
      tf.Scalar,
      tf.Scalar,
    ];
    return { total: tf.add(weightedGan, weightedPixel) as tf.Scalar, weightedGan, weightedPixel };
  });
}

import * as tf from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable, layers, type Shape } from '@tensorflow/tfjs-layers';
import {
  batchMoments,
  batchNormalize,
  batchNormGradient,
  hasFusedBatchNorm,
  type NormalizationTensors,
} from '../backends/fused-operations.js';
import { BATCH_NORM_EPSILON, BATCH_NORM_MOMENTUM } from './architecture.js';

/**
 * Batch normalisation as in PyTorch: momentum 0.9, epsilon 1e-5, unbiased running variance. With `training` it
 * normalises by the batch's statistics and updates the running ones; without, by the running ones.
 *
 * The gradient is written out: the one tfjs derives spends a fifth of a training step repeating vectors.
 */
export class BatchNorm extends layers.Layer {
  static className = 'LowResLandmarksBatchNorm';
  #gamma!: LayerVariable;
  #beta!: LayerVariable;
  #movingMean!: LayerVariable;
  #movingVariance!: LayerVariable;

  override build(inputShape: Shape): void {
    const channels = [inputShape.at(-1) as number];
    this.#gamma = this.addWeight('gamma', channels, 'float32', initializers.ones());
    this.#beta = this.addWeight('beta', channels, 'float32', initializers.zeros());
    this.#movingMean = this.addWeight('moving_mean', channels, 'float32', initializers.zeros(), undefined, false);
    const ones = initializers.ones();
    this.#movingVariance = this.addWeight('moving_variance', channels, 'float32', ones, undefined, false);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training = false }: { training?: boolean }): tf.Tensor {
    return tf.tidy(() => {
      const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D;
      const [gamma, beta] = [this.#gamma.read() as tf.Tensor1D, this.#beta.read() as tf.Tensor1D];
      if (!training) {
        const inverse = tf.rsqrt(tf.add(this.#movingVariance.read(), BATCH_NORM_EPSILON));
        const scale = tf.mul(gamma, inverse);
        return tf.add(tf.mul(x, scale), tf.sub(beta, tf.mul(this.#movingMean.read(), scale)));
      }
      const isFused = hasFusedBatchNorm(x.shape[3]);
      const { mean, variance } = isFused ? batchMoments(x) : composedMoments(x);
      const rows = x.size / x.shape[3];
      this.#move(this.#movingMean, mean);
      this.#move(this.#movingVariance, tf.mul(variance, rows / Math.max(1, rows - 1)));
      return (isFused ? normalizeFused : normalizeComposed)(x, { mean, variance, gamma }, beta);
    });
  }

  #move(statistic: LayerVariable, value: tf.Tensor): void {
    statistic.write(tf.add(tf.mul(statistic.read(), BATCH_NORM_MOMENTUM), tf.mul(value, 1 - BATCH_NORM_MOMENTUM)));
  }
}

/** Means over all but the channels, by pooling: the fastest reduction of tfjs's wasm backend. */
function meanOverPixels(x: tf.Tensor4D): tf.Tensor1D {
  const [faces, height, width, channels] = x.shape;
  const perFace = tf.reshape(tf.avgPool(x, [height, width], 1, 'valid'), [faces, channels]);
  return tf.reshape(tf.matMul(tf.fill([1, faces], 1 / faces), perFace), [channels]);
}

function composedMoments(x: tf.Tensor4D): { mean: tf.Tensor1D; variance: tf.Tensor1D } {
  const mean = meanOverPixels(x);
  return { mean, variance: meanOverPixels(tf.square(tf.sub<tf.Tensor4D>(x, mean))) };
}

/**
 * `gamma * (x - mean) / sqrt(variance + epsilon) + beta`, mean and variance being those of `x`, by the SIMD kernels.
 */
function normalizeFused(
  x: tf.Tensor4D,
  { mean, variance, gamma }: NormalizationTensors,
  beta: tf.Tensor1D,
): tf.Tensor4D {
  const normalize = tf.customGrad((...args) => {
    const [input, scale, shift, save] = args as unknown as [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D, tf.GradSaveFunc];
    save([input, mean, variance, scale]);
    return {
      value: batchNormalize(input, { mean, variance, gamma: scale }, shift, BATCH_NORM_EPSILON),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [x, mean, variance, gamma] = saved as [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];
        return batchNormGradient(x, dy as tf.Tensor4D, { mean, variance, gamma }, BATCH_NORM_EPSILON);
      },
    };
  });
  return normalize(x, gamma, beta) as tf.Tensor4D;
}

/** The same, composed of tfjs's operations. */
function normalizeComposed(
  x: tf.Tensor4D,
  { mean, variance, gamma }: NormalizationTensors,
  beta: tf.Tensor1D,
): tf.Tensor4D {
  const rows = x.size / x.shape[3];
  const normalize = tf.customGrad((...args) => {
    const [input, scale, shift, save] = args as unknown as [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D, tf.GradSaveFunc];
    const inverse = tf.rsqrt(tf.add(variance, BATCH_NORM_EPSILON));
    const normalized = tf.mul(tf.sub(input, mean), inverse) as tf.Tensor4D;
    save([normalized, inverse, scale]);
    return {
      value: tf.add(tf.mul(normalized, scale), shift),
      gradFunc: (gradient: tf.Tensor, saved: tf.Tensor[]) => {
        const dy = gradient as tf.Tensor4D;
        const [xHat, inverseDeviation, gain] = saved as [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D];
        const [meanShift, meanScale] = [meanOverPixels(dy), meanOverPixels(tf.mul(dy, xHat) as tf.Tensor4D)];
        const explained = tf.add(tf.mul(xHat, meanScale), meanShift);
        const dx = tf.mul(tf.sub(dy, explained), tf.mul(gain, inverseDeviation));
        return [dx, tf.mul(meanScale, rows), tf.mul(meanShift, rows)];
      },
    };
  });
  return normalize(x, gamma, beta) as tf.Tensor4D;
}

import * as tf from '@tensorflow/tfjs-core';
import { hasSimdKernels } from './kernels/simd-install.js';

// Operations of a training step that the SIMD kernels do in one pass over memory. Without them, callers compose tfjs's.

/** Whether the current backend has batch normalisation for this number of channels. */
export function hasFusedBatchNorm(channels: number): boolean {
  return channels % 4 === 0 && hasSimdKernels();
}

/** Whether the current backend has {@link reluGradient} and {@link adamUpdate}. */
export const hasFusedOperations = hasSimdKernels;

/** Mean and biased variance over all but the channels. */
export function batchMoments(x: tf.Tensor): { mean: tf.Tensor1D; variance: tf.Tensor1D } {
  const [mean, variance] = run<[tf.Tensor1D, tf.Tensor1D]>('LowResBatchMoments', { x });
  return { mean, variance };
}

/** The statistics and the scale of {@link batchNormalize}. */
export interface NormalizationTensors {
  mean: tf.Tensor1D;
  variance: tf.Tensor1D;
  gamma: tf.Tensor1D;
}

/** gamma * (x - mean) / sqrt(variance + epsilon) + beta. */
export function batchNormalize(
  x: tf.Tensor4D,
  by: NormalizationTensors,
  beta: tf.Tensor1D,
  epsilon: number,
): tf.Tensor4D {
  return run<tf.Tensor4D>('LowResBatchNormalize', { x, ...by, beta }, { epsilon });
}

/** The gradients of x, gamma and beta where mean and variance are those of `x` itself. */
export function batchNormGradient(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  by: NormalizationTensors,
  epsilon: number,
): [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D] {
  return run('LowResBatchNormGradient', { x, dy, ...by }, { epsilon });
}

/** The gradient of `max(x, alpha * x)`: dy where x is positive, alpha * dy elsewhere. */
export function reluGradient(dy: tf.Tensor, x: tf.Tensor, alpha: number): tf.Tensor {
  return run<tf.Tensor>('LowResRectifierGradient', { dy, x }, { alpha });
}

/** An update of Adam; `stepSize` is the rate over 1 - beta1^t, `correction` is sqrt(1 - beta2^t). */
export interface AdamStep {
  beta1: number;
  beta2: number;
  epsilon: number;
  stepSize: number;
  correction: number;
}

/** Weights and both moments after an update. */
export function adamUpdate(
  tensors: { weights: tf.Tensor; gradient: tf.Tensor; first: tf.Tensor; second: tf.Tensor },
  step: AdamStep,
): [weights: tf.Tensor, first: tf.Tensor, second: tf.Tensor] {
  return run('LowResAdam', tensors, { ...step });
}

function run<Answer>(kernel: string, inputs: tf.NamedTensorMap, attributes?: Record<string, number>): Answer {
  return tf.engine().runKernel(kernel, inputs, attributes) as unknown as Answer;
}

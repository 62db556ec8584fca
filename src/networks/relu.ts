import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { hasFusedOperations, reluGradient } from '../backends/fused-operations.js';

/**
 * max(x, 0). Unlike tfjs's layer it saves its output for the gradient, not its input: the next layer keeps it anyway,
 * so a training step holds a third fewer activations.
 */
export class ReLU extends layers.Layer {
  static className = 'LowResLandmarksReLU';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => relu((Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor));
  }
}

const relu = tf.customGrad((...args) => {
  const [x, save] = args as unknown as [tf.Tensor, tf.GradSaveFunc];
  const y = tf.relu(x);
  save([y]);
  return {
    value: y,
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [y] = saved as [tf.Tensor];
      return hasFusedOperations() ? reluGradient(dy, y, 0) : tf.mul(dy, tf.step(y));
    },
  };
}) as (x: tf.Tensor) => tf.Tensor;

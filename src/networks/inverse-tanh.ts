import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';

/** Below 1, so that white and black stay finite. */
const LARGEST = 0.98;

/** The inverse of tanh, of 0.98 times an input in -1..1. */
export class InverseTanh extends layers.Layer {
  static className = 'LowResLandmarksInverseTanh';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = tf.mul((Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor, LARGEST);
      return tf.mul(tf.log(tf.div(tf.add(1, x), tf.sub(1, x))), 0.5);
    });
  }
}

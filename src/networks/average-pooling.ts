import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';

/**
 * The mean of each pixel and its eight neighbours, the border repeated. The gradient of tfjs's padded average pooling
 * is wrong at the border: it divides by nine where fewer pixels were averaged.
 */
export class AveragePooling extends layers.Layer {
  static className = 'LowResLandmarksAveragePooling';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D;
      return tf.avgPool(repeatBorder(repeatBorder(x, 1), 2), 3, 1, 'valid');
    });
  }
}

function repeatBorder(x: tf.Tensor4D, axis: 1 | 2): tf.Tensor4D {
  const size: [number, number, number, number] = [...x.shape];
  size[axis] = 1;
  const end: [number, number, number, number] = [0, 0, 0, 0];
  end[axis] = x.shape[axis] - 1;
  return tf.concat([tf.slice(x, [0, 0, 0, 0], size), x, tf.slice(x, end, size)], axis);
}

import * as tf from '@tensorflow/tfjs-core';
import { layers, type Shape } from '@tensorflow/tfjs-layers';

/**
 * LightCNN's activation (Wu et al. 2018): the larger of each feature of the first half of the channels and its
 * counterpart in the second.
 */
export class MaxFeatureMap extends layers.Layer {
  static className = 'LowResLandmarksMaxFeatureMap';

  override computeOutputShape(inputShape: Shape): Shape {
    return [...inputShape.slice(0, -1), (inputShape.at(-1) as number) / 2];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor;
      return tf.reshape(tf.maxPool(layHalvesSideBySide(x), [1, 2], [1, 2], 'valid'), [
        ...x.shape.slice(0, -1),
        x.shape.at(-1)! / 2,
      ]);
    });
  }
}

/**
 * The same numbers as an image twice as wide with half the channels: a pixel's two halves, adjacent in memory, become
 * neighbours. A max-feature-map is then 1x2 max-pooling, which every backend does in one pass, forwards and backwards.
 * Of equal values, which are rare, the SIMD kernels give the gradient to the first half.
 */
export function layHalvesSideBySide(x: tf.Tensor): tf.Tensor4D {
  const [faces, height, width] = x.rank === 4 ? (x.shape as [number, number, number, number]) : [x.shape[0]!, 1, 1];
  return tf.reshape(x, [faces, height, 2 * width, x.shape.at(-1)! / 2]);
}

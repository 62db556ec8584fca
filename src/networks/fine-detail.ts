import * as tf from '@tensorflow/tfjs-core';
import { layers, type Shape } from '@tensorflow/tfjs-layers';
import { smooth } from './smoothing.js';

/**
 * A picture, and beside it, as so many channels more, what is finer than 3x3 pixels of it, amplified: each pixel less the mean of its
 * neighbourhood, times a gain. Grain and sharpness are a few grey levels high; a network of spectral norm 1 hardly notices them otherwise.
 */
export class FineDetail extends layers.Layer {
  static className = 'LowResLandmarksFineDetail';
  readonly #gain: number;

  constructor({ name, gain }: { name: string; gain: number }) {
    super({ name });
    this.#gain = gain;
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return [...inputShape.slice(0, -1), 2 * inputShape.at(-1)!];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D;
    return tf.tidy(() => tf.concat([x, tf.mul(tf.sub(x, smooth(x)), this.#gain)], 3));
  }
}

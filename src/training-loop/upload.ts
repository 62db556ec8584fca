import * as tf from '@tensorflow/tfjs-core';
import type { PlainTensor } from '../formats/safetensors.js';

/** A prepared tensor in the backend. The caller disposes it. */
export function upload<Kind extends tf.Tensor = tf.Tensor4D>({ shape, data }: PlainTensor): Kind {
  return tf.tensor(data, shape) as Kind;
}

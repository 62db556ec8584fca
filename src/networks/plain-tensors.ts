import * as tf from '@tensorflow/tfjs-core';
import type { PlainTensor } from '../formats/safetensors.js';

/** Tensors by name, such as weights: `encoder1_block2_conv1/kernel`. */
export type NamedTensors = Record<string, tf.Tensor>;

/** Copies an array to the backend. The caller disposes the tensor. */
export function upload<Kind extends tf.Tensor = tf.Tensor4D>({ shape, data }: PlainTensor): Kind {
  return tf.tensor(data, shape) as Kind;
}

/** Copies arrays whose names begin with `prefix` to the backend, removing it. The caller disposes them. */
export function uploadTensors(plain: Readonly<Record<string, PlainTensor>>, prefix = ''): NamedTensors {
  const chosen = Object.entries(plain).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(chosen.map(([name, tensor]) => [name.slice(prefix.length), upload<tf.Tensor>(tensor)]));
}

/** Copies tensors from the backend, prepending `prefix` to their names. */
export async function downloadTensors(tensors: NamedTensors, prefix = ''): Promise<Record<string, PlainTensor>> {
  const plain: Record<string, PlainTensor> = {};
  for (const [name, tensor] of Object.entries(tensors)) {
    plain[`${prefix}${name}`] = { shape: tensor.shape, data: Float32Array.from(await tensor.data()) };
  }
  return plain;
}

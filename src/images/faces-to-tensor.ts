import * as tf from '@tensorflow/tfjs-core';
import type { RgbImage } from '../geometry/rgb-image.js';

/** {@link facesToTensor} outside of any backend. */
export function facesToPlainTensor(faces: readonly RgbImage[]) {
  const { width, height } = faces[0]!;
  const perFace = width * height * 3;
  const values = new Float32Array(faces.length * perFace);
  faces.forEach(({ data }, face) => {
    for (let i = 0; i < perFace; i++) values[face * perFace + i] = data[i]! / 127.5 - 1;
  });
  const shape: [number, number, number, number] = [faces.length, height, width, 3];
  return { shape, data: values };
}

/**
 * Square faces of one size as a batch `[faces, size, size, 3]`, as the networks take it: 0-255 becomes -1 to 1. The
 * caller disposes it.
 *
 * @example
 * const batch = facesToTensor(faces);
 * const heatmaps = network.apply(batch);
 * tf.dispose([batch, heatmaps]);
 */
export function facesToTensor(faces: readonly RgbImage[]): tf.Tensor4D {
  const { shape, data } = facesToPlainTensor(faces);
  return tf.tensor4d(data, shape);
}

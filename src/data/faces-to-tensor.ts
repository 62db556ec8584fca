import * as tf from '@tensorflow/tfjs-core';
import type { RgbImage } from '../geometry/rgb-image.js';

/** Square faces of one size as a batch `[faces, size, size, 3]`, 0..255 becoming -1..1. The caller disposes it. */
export function facesToTensor(faces: readonly RgbImage[]): tf.Tensor4D {
  const { width, height } = faces[0]!;
  const perFace = width * height * 3;
  const values = new Float32Array(faces.length * perFace);
  faces.forEach(({ data }, face) => {
    for (let i = 0; i < perFace; i++) values[face * perFace + i] = data[i]! / 127.5 - 1;
  });
  return tf.tensor4d(values, [faces.length, height, width, 3]);
}

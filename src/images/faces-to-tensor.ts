import * as tf from '@tensorflow/tfjs-core';
import type { RgbImage } from '../geometry/rgb-image.js';

/** Faces of one size as numbers, one face after the other, 0..255 becoming -1..1. */
export function facesToValues(faces: readonly RgbImage[]): Float32Array<ArrayBuffer> {
  const perFace = faces[0]!.width * faces[0]!.height * 3;
  const values = new Float32Array(faces.length * perFace);
  faces.forEach(({ data }, face) => {
    for (let i = 0; i < perFace; i++) values[face * perFace + i] = data[i]! / 127.5 - 1;
  });
  return values;
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
  const { width, height } = faces[0]!;
  return tf.tensor4d(facesToValues(faces), [faces.length, height, width, 3]);
}

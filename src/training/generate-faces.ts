import * as tf from '@tensorflow/tfjs-core';
import type { RgbImage } from '../geometry/rgb-image.js';
import { facesToTensor } from '../images/faces-to-tensor.js';
import type { HighToLowGenerator } from '../networks/high-to-low-generator.js';
import type { Random } from '../random.js';

/** z of G1 for some faces, standard normal, one after the other. */
export function drawNoise(length: number, randoms: readonly Random[]): Float32Array {
  return Float32Array.from(randoms.flatMap((random) => Array.from({ length }, () => random.normal())));
}

/**
 * Low-resolution faces made by a trained, frozen G1.
 *
 * @param faces High-resolution faces of G1's input size.
 * @param randoms A source of noise for each face.
 */
export async function generateFaces(
  generator: HighToLowGenerator,
  faces: readonly RgbImage[],
  randoms: readonly Random[],
): Promise<RgbImage[]> {
  const { noise } = generator.config;
  const generated = tf.tidy(() => {
    const z = tf.tensor2d(drawNoise(noise, randoms), [faces.length, noise]);
    return generator.generate(facesToTensor(faces), z);
  });
  try {
    return tensorToFaces(await generated.data<'float32'>(), generator.outputSize);
  } finally {
    generated.dispose();
  }
}

function tensorToFaces(values: Float32Array, size: number): RgbImage[] {
  const perFace = size * size * 3;
  return Array.from({ length: values.length / perFace }, (_, face) => ({
    data: values.subarray(face * perFace, (face + 1) * perFace).map((value) => (value + 1) * 127.5),
    width: size,
    height: size,
  }));
}

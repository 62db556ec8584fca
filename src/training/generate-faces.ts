import * as tf from '@tensorflow/tfjs-core';
import type { RgbImage } from '../geometry/rgb-image.js';
import { facesToTensor } from '../images/faces-to-tensor.js';
import type { HighToLowGenerator } from '../networks/high-to-low-generator.js';
import type { Random } from '../random.js';
import { giveTurn } from '../turns.js';

/** z of G1, standard normal, a row for each of the `randoms`. */
export function drawNoise(length: number, randoms: readonly Random[]): Float32Array {
  return Float32Array.from(randoms.flatMap((random) => Array.from({ length }, () => random.normal())));
}

/**
 * Degrades high-resolution faces of a frozen G1's input size to low-resolution ones.
 *
 * @param randoms A source of noise for each face.
 */
export async function generateFaces(
  generator: HighToLowGenerator,
  faces: readonly RgbImage[],
  randoms: readonly Random[],
): Promise<RgbImage[]> {
  await giveTurn();
  const { noise } = generator.config;
  const size = generator.outputSize;
  const generated = tf.tidy(() => {
    const z = tf.tensor2d(drawNoise(noise, randoms), [faces.length, noise]);
    return generator.generate(facesToTensor(faces), z);
  });
  try {
    const values = await generated.data<'float32'>();
    const perFace = size * size * 3;
    return faces.map((_, face) => {
      const own = values.subarray(face * perFace, (face + 1) * perFace);
      return { data: own.map((value) => (value + 1) * 127.5), width: size, height: size };
    });
  } finally {
    generated.dispose();
  }
}

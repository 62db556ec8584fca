import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { subsample } from '../../src/augmentation/degrade.js';
import { HighToLowGenerator } from '../../src/networks/high-to-low-generator.js';
import { Random } from '../../src/random.js';
import { generateFaces } from '../../src/training/generate-faces.js';

it('G1 with skips starts at the subsampled face, within a few grey levels', async () => {
  using generator = new HighToLowGenerator({ inputSize: 64, widths: [4, 4, 4, 4, 4], skips: true });
  const random = new Random(1);
  const data = Float32Array.from({ length: 64 * 64 * 3 }, (_, i) => (i % 7) * 20 + random.uniform(0, 100));
  const face = { data, width: 64, height: 64 };
  const [generated] = await generateFaces(generator, [face], [new Random(2)]);
  const expected = subsample(face, random);
  expect(generated!.width).toBe(16);
  for (const [place, value] of generated!.data.entries()) {
    expect(Math.abs(value - expected.data[place]!)).toBeLessThan(8);
  }
});

it('G1 generates different faces from different noise, a quarter as wide as the input', async () => {
  using generator = new HighToLowGenerator({ inputSize: 32, widths: [4, 4, 4, 4, 4] });
  const faces = tf.zeros([2, 32, 32, 3]) as tf.Tensor4D;
  const noise = tf.randomNormal([2, 64], 0, 1, 'float32', 3) as tf.Tensor2D;
  const generated = generator.generate(faces, noise);
  const [first, second] = tf.unstack(generated);
  expect(generated.shape).toEqual([2, 8, 8, 3]);
  expect((await tf.max(tf.abs(tf.sub(first!, second!))).data())[0]).toBeGreaterThan(0);
});

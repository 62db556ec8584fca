import * as tf from '@tensorflow/tfjs-core';
import { vi } from 'vitest';
import type { FoldedHeatmapUNet } from '../../src/detect/folded-heatmap-unet.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';

/** Stands in for a trained network: every heatmap is the brightness of the face, so that each landmark is its brightest place. */
export function seeingNetwork({ landmarks = 5, inputSize = 32 } = {}) {
  const apply = vi.fn((faces: tf.Tensor4D) =>
    tf.tidy(() => {
      const red = tf.slice(faces, [0, 0, 0, 0], [-1, -1, -1, 1]);
      return tf.tile(tf.div(tf.add(red, 1), 2), [1, 1, 1, landmarks + 1]);
    }),
  );
  const dispose = vi.fn();
  const config = { inputSize, landmarks };
  const applyInTurns = async (faces: tf.Tensor4D) => tf.keep(apply(faces));
  return { network: { config, apply, applyInTurns, dispose } as unknown as FoldedHeatmapUNet, apply, dispose };
}

/** A dark image with soft lights of the given width. */
export function imageOfLights(
  width: number,
  height: number,
  lights: readonly { x: number; y: number; sigma: number }[],
): RgbImage {
  const data = new Float32Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const values = lights.map((light) => Math.exp(-((x - light.x) ** 2 + (y - light.y) ** 2) / (2 * light.sigma ** 2)));
    data.fill(255 * Math.max(0, ...values), i * 3, i * 3 + 3);
  }
  return { data, width, height };
}

import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { measureOnNativeFaces, shapeModelOf } from '../../src/experiments/native-measures.js';
import { HeatmapUNet } from '../../src/networks/heatmap-unet.js';
import { Random } from '../../src/random.js';
import { compareDegradations } from '../../src/training/compare-degradations.js';
import { drawnFaces, grainyFaces } from '../support/faces/drawn-faces.js';
import { expectNoLeak } from '../support/tensors.js';

/** Finds the brightest of each colour: what it answers moves exactly as the face does. */
class SeeingNetwork extends HeatmapUNet {
  override apply(faces: tf.Tensor4D): tf.Tensor4D {
    return tf.tidy(() => {
      const [red, green, blue] = tf.split(faces, 3, 3) as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
      return tf.concat([red, green, blue, red, green, blue], 3);
    });
  }
}

/** Answers the same whatever it sees. */
class BlindNetwork extends HeatmapUNet {
  override apply(faces: tf.Tensor4D): tf.Tensor4D {
    return tf.tidy(() => {
      const [count] = faces.shape;
      const places = [9, 22, 9, 22, 16].map((x, i) => ({ x, y: i < 2 ? 10 : 22 }));
      const maps = [...places, { x: 0, y: 0 }].map(({ x, y }) => {
        const column = tf.exp(tf.div(tf.square(tf.sub(tf.range(0, 32), x)), -8));
        const row = tf.exp(tf.div(tf.square(tf.sub(tf.range(0, 32), y)), -8));
        return tf.outerProduct(row as tf.Tensor1D, column as tf.Tensor1D);
      });
      return tf.tile(tf.expandDims(tf.stack(maps, 2), 0), [count, 1, 1, 1]) as tf.Tensor4D;
    });
  }
}

it('measures a constant network as inconsistent by exactly the shift of the face', async () => {
  using network = new BlindNetwork({ landmarks: 5, widths: [2] });
  const shapes = await shapeModelOf(drawnFaces(30));
  await expectNoLeak(async () => {
    const { shift, flip } = await measureOnNativeFaces(network, grainyFaces(3), shapes);
    // 2 pixels right and down, over a box of 13 by 12.
    expect(shift).toBeCloseTo(Math.hypot(2, 2) / Math.sqrt(13 * 12), 2);
    expect(flip).toBeGreaterThan(0);
  });
});

it('measures a network that follows the pixels as more consistent than a constant one', async () => {
  const smooth = {
    length: 3,
    group: String,
    async get(index: number) {
      const [size, data] = [24, new Uint8Array(24 * 24 * 3)];
      for (let i = 0; i < data.length; i++) {
        const [x, y, c] = [Math.floor(i / 3) % size, Math.floor(i / 3 / size), i % 3];
        data[i] = 250 * Math.exp(-((x - 9 - 3 * c) ** 2 + (y - 8 - index - 3 * ((c * 2) % 3)) ** 2) / 18);
      }
      return { id: `${index}`, image: { data, width: size, height: size }, box: { x: 2, y: 2, width: 20, height: 20 } };
    },
  };
  const shapes = await shapeModelOf(drawnFaces(30));
  using seeing = new SeeingNetwork({ landmarks: 5, widths: [2] });
  using blind = new BlindNetwork({ landmarks: 5, widths: [2] });
  const [looks, guesses] = [
    await measureOnNativeFaces(seeing, smooth, shapes),
    await measureOnNativeFaces(blind, smooth, shapes),
  ];
  expect(looks.shift).toBeLessThan(guesses.shift / 3);
  expect(looks.rotation).toBeLessThan(guesses.rotation / 2);
});

it('leaves out faces with all points in one place, and reports their share as collapsed', async () => {
  class CollapsedNetwork extends HeatmapUNet {
    override apply(faces: tf.Tensor4D): tf.Tensor4D {
      return tf.zeros([faces.shape[0], 32, 32, 6]);
    }
  }
  using network = new CollapsedNetwork({ landmarks: 5, widths: [2] });
  const measured = await measureOnNativeFaces(network, grainyFaces(3), await shapeModelOf(drawnFaces(30)));
  expect(measured.collapsed).toBe(1);
});

it('degradation features put grainy faces nearer to grainy real ones than smooth faces', async () => {
  const grain = (strength: number, seed: number) =>
    Array.from({ length: 40 }, (_, index) => {
      const random = new Random(seed, index);
      const data = Float32Array.from({ length: 32 * 32 * 3 }, () => random.normal(120, strength));
      return { data, width: 32, height: 32 };
    });
  const sets = { generated: grain(20, 1), subsampled: grain(5, 2), real: grain(20, 3) };
  const measured = compareDegradations(sets, 1);
  expect(measured.generatedFrechet!).toBeLessThan(measured.subsampledFrechet! / 10);
  expect(measured.generatedAccuracy!).toBeLessThan(0.7);
  expect(measured.subsampledAccuracy).toBe(1);
  expect(compareDegradations({ ...sets, real: sets.real.slice(0, 19) }, 1)).toEqual({});
});

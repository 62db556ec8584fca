import * as tf from '@tensorflow/tfjs-core';
import type { HeatmapUNet } from '../../../src/networks/heatmap-unet.js';

// The weights and batches of make_fixture.py, number by number.

/** A batch in the shapes that heatmapLoss takes. */
export interface FormulaBatch {
  images: tf.Tensor4D;
  heatmaps: tf.Tensor4D;
  visible: tf.Tensor4D;
}

/** Numbers in [0, 1) of 24 bits: a counter from a place of the stream's own, scrambled as MurmurHash3 does at its end. */
function uniform(stream: number, count: number): Float64Array {
  const first = Math.imul(stream, 0x9e3779b1);
  return Float64Array.from({ length: count }, (_, index) => {
    let x = first + index;
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
    x ^= x >>> 16;
    return (x >>> 8) / 2 ** 24;
  });
}

/** Weight number i of the sorted names draws from stream i. */
export function setInitialWeights(network: HeatmapUNet): void {
  tf.tidy(() => {
    const named = Object.entries(network.weights).toSorted(([a], [b]) => (a < b ? -1 : 1));
    network.setWeights(
      Object.fromEntries(
        named.map(([name, { shape, size }], index) => [
          name,
          tf.tensor(Float32Array.from(uniform(index, size), initialWeight(name, shape)), shape),
        ]),
      ),
    );
  });
}

/** What a number u in [0, 1) becomes. */
function initialWeight(name: string, shape: readonly number[]): (u: number) => number {
  const fanIn = shape.slice(0, 3).reduce((product, size) => product * size, 1);
  const gain = name === 'heatmaps/kernel' ? 0.02 : 1;
  switch (name.split('/')[1]) {
    case 'kernel':
      return (u) => (2 * u - 1) * Math.sqrt(6 / fanIn) * gain;
    case 'gamma':
      return (u) => (0.5 + u) * (name.includes('norm2') ? 0.25 : 1);
    case 'beta':
    case 'bias':
      return (u) => 0.2 * (2 * u - 1);
    case 'moving_variance':
      return () => 1;
    default:
      return () => 0;
  }
}

/** Pyramids of height 1 that end 5 pixels from each landmark, and a noisy picture of them. The caller disposes it. */
export function formulaBatch(step: number, faces: number, size: number, landmarks: number): FormulaBatch {
  const streams = 1000 + 10 * step;
  const channels = landmarks + 1;
  const points = uniform(streams, faces * landmarks * 2).map((u) => 4 + 24 * u);
  const noise = uniform(streams + 1, faces * size * size * 3);
  const isVisible = uniform(streams + 2, faces * channels).map((u, i) => Number(u < 0.9 || i % channels === landmarks));
  const images = new Float32Array(noise.length);
  const heatmaps = new Float32Array(faces * size * size * channels);
  for (let pixel = 0; pixel < faces * size * size; pixel++) {
    const [face, y, x] = [Math.floor(pixel / size / size), Math.floor(pixel / size) % size, pixel % size];
    const light = [0, 0, 0];
    let highest = 0;
    for (let landmark = 0; landmark < landmarks; landmark++) {
      const at = (face * landmarks + landmark) * 2;
      const distance = Math.max(Math.abs(x - points[at]!), Math.abs(y - points[at + 1]!));
      const peak = Math.max(0, 1 - distance / 5);
      heatmaps[pixel * channels + landmark] = peak;
      light[landmark % 3] = Math.max(light[landmark % 3]!, peak);
      highest = Math.max(highest, peak);
    }
    heatmaps[pixel * channels + landmarks] = 1 - highest;
    light.forEach((value, colour) => {
      images[pixel * 3 + colour] = value + 0.5 * noise[pixel * 3 + colour]! - 0.75;
    });
  }
  return {
    images: tf.tensor4d(images, [faces, size, size, 3]),
    heatmaps: tf.tensor4d(heatmaps, [faces, size, size, channels]),
    visible: tf.tensor4d(Float32Array.from(isVisible), [faces, 1, 1, channels]),
  };
}

import type * as tf from '@tensorflow/tfjs-core';
import type { HeatmapUNet } from '../../src/networks/heatmap-unet.js';
import { tinyNetwork } from '../networks/tiny-network.js';
import { normalNumbers, normalTensor } from '../support/numbers.js';
import type { ReferenceWeights } from './reference-network.js';

/** Two groups of 8 and 16 channels: small, and yet as wide as kernels made for whole vectors of channels ask for. */
export const SMALL = { inputSize: 8, landmarks: 5, widths: [8, 16] };

export const FACES = 3;

const IMAGES: [number, number, number, number] = [FACES, SMALL.inputSize, SMALL.inputSize, 3];

/** The network of most checks, the same weights on every backend. */
export const smallNetwork = (): HeatmapUNet => tinyNetwork(SMALL);

/** A batch for it. */
export const smallBatch = (): tf.Tensor4D => normalTensor(IMAGES, 41, 0, 0.5);

/** Heatmaps it is to answer. */
export function smallTruth(): Float32Array {
  return normalNumbers(FACES * SMALL.inputSize ** 2 * (SMALL.landmarks + 1), 43, 0, 0.5);
}

/** A network's weights in double precision. */
export async function referenceWeights(network: HeatmapUNet): Promise<ReferenceWeights> {
  const weights: ReferenceWeights = {};
  for (const [name, weight] of Object.entries(network.weights)) weights[name] = Float64Array.from(await weight.data());
  return weights;
}

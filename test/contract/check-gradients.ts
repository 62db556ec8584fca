import '@tensorflow/tfjs-layers'; // Registers the gradients.
import * as tf from '@tensorflow/tfjs-core';
import { heatmapLoss } from '../../src/losses/heatmap-loss.js';
import { Random } from '../../src/random.js';
import { convolutionGradients, maxPoolGradient, resizeGradient } from '../backends/double-precision.js';
import { largestDifference, normalTensor } from '../support/numbers.js';
import type { Check, Measurement } from './contract-types.js';
import { type ReferenceWeights, referenceHeatmaps, referenceLoss } from './reference-network.js';
import { relativeDifference } from './relative-difference.js';
import { FACES, referenceWeights, SMALL, smallBatch, smallNetwork, smallTruth } from './small-network.js';

type Shape = [number, number, number, number];

/** Gradients of a sum weighted by `dy`. The caller disposes them. */
function gradientsOf(apply: (...inputs: tf.Tensor4D[]) => tf.Tensor, inputs: tf.Tensor4D[], dy: tf.Tensor) {
  return tf.grads((...x) => tf.sum(tf.mul(apply(...(x as tf.Tensor4D[])), dy)))(inputs);
}

async function valuesOf(tensors: tf.Tensor[]): Promise<ArrayLike<number>[]> {
  const values = await Promise.all(tensors.map((tensor) => tensor.data()));
  tf.dispose(tensors);
  return values;
}

async function convolutionErrors(input: Shape, kernel: number, to: number, stride: number): Promise<Measurement[]> {
  const filter: Shape = [kernel, kernel, input[3], to];
  const size = Math.ceil(input[1] / stride);
  const output: Shape = [input[0], size, size, to];
  const before = Math.floor(Math.max(0, (size - 1) * stride + kernel - input[1]) / 2);
  const [x, w, dy] = [normalTensor(input, 1), normalTensor(filter, 2), normalTensor(output, 3)];
  const found = gradientsOf((image, weights) => tf.conv2d(image!, weights!, stride, 'same'), [x, w], dy);
  const [dx, dw] = await valuesOf(found);
  const geometry = { input, filter, output, strides: [stride, stride], offset: [before, before] } as const;
  const [pixels, weights, slopes] = await valuesOf([x, w, dy]);
  const expected = convolutionGradients(geometry, pixels!, weights!, slopes!);
  const what = `${kernel}x${kernel} by ${stride}, ${input} to ${to} channels`;
  return [
    { what: `${what}: input`, value: relativeDifference(dx!, expected.dx), atMost: 1e-5 },
    { what: `${what}: filter`, value: relativeDifference(dw!, expected.dw), atMost: 1e-5 },
  ];
}

/** The convolutions of the paper's networks, and odd sizes. */
export const checkConvolutions: Check = async () => [
  ...(await convolutionErrors([3, 8, 8, 8], 3, 16, 1)),
  ...(await convolutionErrors([2, 8, 8, 3], 3, 8, 1)),
  ...(await convolutionErrors([2, 7, 7, 4], 3, 6, 1)),
  ...(await convolutionErrors([2, 8, 8, 8], 1, 16, 1)),
  ...(await convolutionErrors([2, 8, 8, 4], 3, 8, 2)),
  ...(await convolutionErrors([2, 7, 7, 4], 3, 5, 2)),
  ...(await convolutionErrors([1, 9, 9, 2], 5, 4, 1)),
];

async function poolingErrors(size: number, window: number, stride: number, mean: number): Promise<Measurement> {
  const side = Math.floor((size - window) / stride) + 1;
  const [input, output]: [Shape, Shape] = [
    [2, size, size, 8],
    [2, side, side, 8],
  ];
  const [x, dy] = [normalTensor(input, 5, mean), normalTensor(output, 6)];
  const [dx] = await valuesOf(gradientsOf((image) => tf.maxPool(image!, window, stride, 'valid'), [x], dy));
  const [pixels, slopes] = await valuesOf([x, dy]);
  const pair = { window: [window, window], strides: [stride, stride], offset: [0, 0] } as const;
  const expected = maxPoolGradient({ input, output, ...pair }, pixels!, slopes!);
  const what = `${window}x${window} by ${stride} of ${size}x${size} pixels around ${mean}`;
  return { what, value: largestDifference(dx!, expected), atMost: 1e-5 };
}

export const checkMaxPooling: Check = async () => [
  await poolingErrors(8, 2, 2, 3),
  await poolingErrors(8, 2, 2, -10),
  await poolingErrors(8, 2, 2, -1),
  await poolingErrors(7, 3, 2, -10),
];

export const checkEnlargement: Check = async () => {
  const [input, output]: [Shape, Shape] = [
    [3, 4, 4, 8],
    [3, 8, 8, 8],
  ];
  const [x, dy] = [normalTensor(input, 7), normalTensor(output, 8)];
  const enlarge = (image: tf.Tensor4D) => tf.image.resizeNearestNeighbor(image, [8, 8]);
  const [dx] = await valuesOf(gradientsOf((image) => enlarge(image!), [x], dy));
  const [, slopes] = await valuesOf([x, dy]);
  const expected = resizeGradient(input, output, (pixel) => pixel >> 1, slopes!);
  return [{ what: 'twofold', value: largestDifference(dx!, expected), atMost: 1e-5 }];
};

const DIRECTIONS = 2;
const STEP = 1e-7;

/**
 * Of each weight tensor: the slope of the loss along random directions of signs, by the backend's gradient and by the reference's
 * difference quotient. How far they are apart estimates the length of the gradient's error; it is measured in its own length.
 */
export const checkNetworkGradients: Check = async () => {
  using network = smallNetwork();
  const weights = await referenceWeights(network);
  const names = network.model.trainableWeights.map(({ originalName }) => originalName);
  const [images, truth] = [smallBatch(), smallTruth()];
  const [pixels, channels] = [await images.data(), SMALL.landmarks + 1];
  const { value, grads } = tf.variableGrads(() => {
    const heatmaps = tf.tensor4d(truth, [FACES, SMALL.inputSize, SMALL.inputSize, channels]);
    const visible = tf.ones<tf.Rank.R4>([FACES, 1, 1, channels]);
    return heatmapLoss(heatmaps, network.apply(images, { training: true }), visible).total;
  }, network.trainableVariables);
  const gradients = await Promise.all(
    network.trainableVariables.map(async ({ name }) => Float64Array.from(await grads[name]!.data())),
  );
  const [loss] = await value.data();
  tf.dispose([images, value, grads]);

  const lossAt = (moved: ReferenceWeights) =>
    referenceLoss(truth, referenceHeatmaps(network.config, moved, pixels, true), channels);
  const random = new Random(47);
  let worst = { name: '', error: 0 };
  names.forEach((name, index) => {
    const gradient = gradients[index]!;
    const length = Math.hypot(...gradient);
    for (let direction = 0; direction < DIRECTIONS; direction++) {
      const signs = Float64Array.from(gradient, () => (random.bernoulli(0.5) ? 1 : -1));
      const moved = (step: number) => ({ ...weights, [name]: weights[name]!.map((w, i) => w + step * signs[i]!) });
      const expected = (lossAt(moved(STEP)) - lossAt(moved(-STEP))) / (2 * STEP);
      const found = gradient.reduce((sum, slope, i) => sum + slope * signs[i]!, 0);
      const error = Math.abs(found - expected) / length;
      if (!(error <= worst.error)) worst = { name, error };
    }
  });
  return [
    { what: 'relative error of the loss', value: Math.abs(loss! / lossAt(weights) - 1), atMost: 1e-5 },
    { what: `relative error of the gradient of ${worst.name}`, value: worst.error, atMost: 1e-3 },
    { what: 'weights without a gradient', value: gradients.filter((g) => g.every((v) => v === 0)).length, atMost: 0 },
  ];
};

import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { heatmapLoss } from '../../src/losses/heatmap-loss.js';
import type { HeatmapUNetConfig } from '../../src/networks/heatmap-unet-config.js';
import { largestDifference, normalNumbers } from '../support/numbers.js';
import { type DoubleTensor, type DoubleWeights, referenceLoss, referenceUNet } from '../support/reference-unet.js';
import { tinyNetwork } from './tiny-network.js';

const FACES = 3;
const DIRECTIONS = 2;
/** Small enough that hardly a ReLU turns on or off within, large enough for double precision. */
const STEP = 1e-6;

async function double(tensor: tf.Tensor): Promise<DoubleTensor> {
  return { shape: tensor.shape, data: Float64Array.from(await tensor.data()) };
}

async function doubles(tensors: Record<string, tf.Tensor>): Promise<Record<string, DoubleTensor>> {
  const entries = Object.entries(tensors).map(async ([name, tensor]) => [name, await double(tensor)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** The network's loss and gradients on wasm, beside the same loss in double precision. */
async function compute(config: Partial<HeatmapUNetConfig>) {
  using network = tinyNetwork(config);
  const { inputSize, landmarks } = network.config;
  const channels = landmarks + 1;
  const images = tf.tensor4d(normalNumbers(FACES * inputSize ** 2 * 3, 1, 0, 0.5), [FACES, inputSize, inputSize, 3]);
  const truth = tf.tensor4d(normalNumbers(FACES * inputSize ** 2 * channels, 2), [
    FACES,
    inputSize,
    inputSize,
    channels,
  ]);
  const mask = Float32Array.from({ length: FACES * channels }, (_, i) => Number(i !== 1 && i !== channels));
  const visible = tf.tensor4d(mask, [FACES, 1, 1, channels]);
  const weights = await doubles(network.weights);
  const constants = await doubles({ images, truth, visible });

  const variables = network.trainableVariables;
  const { value, grads } = tf.variableGrads(
    () => heatmapLoss(truth, network.apply(images, { training: true }), visible).total,
    variables,
  );
  const ofImages = tf.grad(
    (x) => heatmapLoss(truth, network.apply(x as tf.Tensor4D, { training: true }), visible).total,
  );
  const gradients: Record<string, DoubleTensor> = { images: await double(tf.tidy(() => ofImages(images))) };
  for (const [index, variable] of variables.entries()) {
    gradients[network.model.trainableWeights[index]!.originalName] = await double(grads[variable.name]!);
  }
  const prediction = network.apply(images, { training: true });
  const result = {
    gradients,
    loss: (await value.data())[0]!,
    heatmaps: await prediction.data(),
    referenceHeatmaps: referenceUNet(weights, network.config, constants.images!).data,
    reference: (changes: DoubleWeights) => {
      const { images: input = constants.images!, ...changed } = changes;
      const heatmaps = referenceUNet({ ...weights, ...changed }, network.config, input);
      return referenceLoss(constants.truth!, heatmaps, constants.visible!);
    },
    parameters: { ...weights, images: constants.images! } as Record<string, DoubleTensor>,
  };
  tf.dispose([images, truth, visible, value, grads, prediction]);
  return result;
}

describe.each([
  // Whatever takes channels by fours or eights meets rests here, and none below.
  ['odd widths', { widths: [5, 6], inputSize: 8, landmarks: 2 }],
  ['widths of whole vectors', { widths: [8, 16], inputSize: 8, landmarks: 7 }],
])('a training step of a HeatmapUNet with %s', (_, config) => {
  it('has the heatmaps and the loss of a reference in double precision, and gradients that are its finite differences', async () => {
    const { heatmaps, referenceHeatmaps, loss, reference, gradients, parameters } = await compute(config);
    expect(largestDifference(heatmaps, referenceHeatmaps)).toBeLessThan(1e-4);
    expect(Math.abs(loss / reference({}) - 1)).toBeLessThan(1e-5);
    for (const [name, gradient] of Object.entries(gradients)) {
      const { shape, data } = parameters[name]!;
      const length = Math.hypot(...gradient.data);
      expect(length, `${name} is flat`).toBeGreaterThan(1e-4);
      for (let seed = 0; seed < DIRECTIONS; seed++) {
        const direction = normalNumbers(data.length, 100 + seed);
        const moved = (step: number) =>
          reference({ [name]: { shape, data: data.map((value, i) => value + step * direction[i]!) } });
        const measured = (moved(STEP) - moved(-STEP)) / (2 * STEP);
        const expected = gradient.data.reduce((sum, slope, i) => sum + slope * direction[i]!, 0);
        // Along a random direction a gradient's slope is about as large as the gradient is long.
        expect(Math.abs(measured - expected), `${name}: ${expected}, measured ${measured}`).toBeLessThan(1e-3 * length);
      }
    }
  });
});

import * as tf from '@tensorflow/tfjs-core';
import { FoldedHeatmapUNet } from '../../src/detect/folded-heatmap-unet.js';
import { plainWeights } from '../detect/tiny-weights.js';
import type { Check } from './contract-types.js';
import { referenceHeatmaps } from './reference-network.js';
import { relativeDifference } from './relative-difference.js';
import { referenceWeights, smallBatch, smallNetwork } from './small-network.js';

export const checkForward: Check = async () => {
  using network = smallNetwork();
  const weights = await referenceWeights(network);
  const folded = new FoldedHeatmapUNet(await plainWeights(network));
  const images = smallBatch();
  const pixels = await images.data();
  const [running, batch] = [false, true].map((training) =>
    referenceHeatmaps(network.config, weights, pixels, training),
  );
  // With `training` the running statistics move: last.
  const answers = [network.apply(images), folded.apply(images), network.apply(images, { training: true })];
  const [inferred, foldedAnswer, trained] = await Promise.all(answers.map((answer) => answer.data()));
  tf.dispose([images, answers]);
  folded.dispose();
  return [
    { what: 'HeatmapUNet', value: relativeDifference(inferred!, running!), atMost: 1e-5 },
    { what: 'FoldedHeatmapUNet', value: relativeDifference(foldedAnswer!, running!), atMost: 1e-5 },
    { what: 'HeatmapUNet by the statistics of the batch', value: relativeDifference(trained!, batch!), atMost: 1e-5 },
  ];
};

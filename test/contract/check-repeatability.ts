import * as tf from '@tensorflow/tfjs-core';
import { FoldedHeatmapUNet } from '../../src/detect/folded-heatmap-unet.js';
import { plainWeights } from '../detect/tiny-weights.js';
import { largestDifference } from '../support/numbers.js';
import type { Check } from './contract-types.js';
import { smallBatch, smallNetwork } from './small-network.js';
import { trainSmallNetwork } from './train-small-network.js';

async function foldedHeatmaps(): Promise<ArrayLike<number>> {
  using network = smallNetwork();
  const folded = new FoldedHeatmapUNet(await plainWeights(network));
  const images = smallBatch();
  const heatmaps = folded.apply(images);
  const values = await heatmaps.data();
  tf.dispose([images, heatmaps]);
  folded.dispose();
  return values;
}

export const checkRepeatability: Check = async () => {
  const detections = [await foldedHeatmaps(), await foldedHeatmaps()] as const;
  const trainings = [await trainSmallNetwork(2), await trainSmallNetwork(2)] as const;
  return [
    { what: 'detection', value: largestDifference(...detections), atMost: 0 },
    { what: 'losses', value: largestDifference(trainings[0].losses, trainings[1].losses), atMost: 0 },
    { what: 'training', value: largestDifference(trainings[0].heatmaps, trainings[1].heatmaps), atMost: 0 },
  ];
};

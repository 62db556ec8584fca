import * as tf from '@tensorflow/tfjs-core';
import { HeatmapUNet } from '../../src/networks/heatmap-unet.js';
import { weightValues } from '../networks/tiny-network.js';
import { largestDifference } from '../support/numbers.js';
import type { Check } from './contract-types.js';
import { smallBatch, smallNetwork } from './small-network.js';

export const checkSaving: Check = async () => {
  using network = smallNetwork();
  using loaded = HeatmapUNet.load(await network.save('F32'));
  const [before, after] = [await weightValues(network), await weightValues(loaded)];
  const images = smallBatch();
  const answers = [network.apply(images), loaded.apply(images)];
  const [expected, found] = await Promise.all(answers.map((answer) => answer.data()));
  tf.dispose([images, answers]);
  const changed = Object.keys(before).filter((name) => !(largestDifference(after[name] ?? [], before[name]!) === 0));
  return [
    { what: `changed weights: ${changed}`, value: changed.length, atMost: 0 },
    { what: 'difference of the heatmaps', value: largestDifference(found!, expected!), atMost: 0 },
  ];
};

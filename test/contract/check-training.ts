import type { Check } from './contract-types.js';
import { relativeDifferences, trainSmallNetwork } from './train-small-network.js';

export const checkTraining: Check = async ({ fixtures }) => {
  const found = await trainSmallNetwork(5);
  const { losses, heatmaps } = relativeDifferences(found, fixtures.reference.training);
  return [
    { what: 'relative difference of the losses', value: losses, atMost: 1e-3 },
    { what: 'relative difference of the heatmaps after the last step', value: heatmaps, atMost: 1e-3 },
    { what: 'last loss divided by the first', value: found.losses.at(-1)! / found.losses[0]!, atMost: 0.9 },
  ];
};

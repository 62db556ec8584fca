import type { RecognitionData } from '../../experiments/recognition-networks.js';
import { type IdentificationSetsOptions, openIdentificationSets } from './identification-sets.js';
import { openTrainingData } from './training-data.js';
import { openUnlabelledData } from './unlabelled-data.js';

/**
 * Opens what a recognition experiment identifies and trains on in a data folder: the faces of `openIdentificationSets`,
 * and those of `openTrainingData` and `openUnlabelledData` when a network is to be trained.
 *
 * @param options.seed Which people are identified and held out; the experiment's, 0 by default.
 * @throws DatasetError when there are no people to identify.
 */
export async function openRecognitionData(
  folder: string,
  options: IdentificationSetsOptions = {},
): Promise<RecognitionData> {
  const { seed = 0 } = options;
  return {
    ...(await openIdentificationSets(folder, options)),
    labelled: () => openTrainingData(folder, seed),
    unlabelled: () => openUnlabelledData(folder, seed),
  };
}

import type { AblationData } from '../../experiments/ablation.js';
import { openTestData, openTrainingData } from './training-data.js';
import { openUnlabelledData } from './unlabelled-data.js';

/**
 * Opens what an ablation trains and measures on in a data folder: labelled faces (`openTrainingData`), real
 * low-resolution ones (`openUnlabelledData`), and 300-W's test faces or, where the folder has none, the held-out
 * people.
 *
 * `seed` decides which people and photographs are held out; it must be the ablation's, and is 0 by default.
 *
 * @throws DatasetError when the folder lacks labelled or real faces.
 */
export async function openAblationData(
  folder: string,
  { seed = 0 }: { seed?: number | undefined } = {},
): Promise<AblationData> {
  const labelled = await openTrainingData(folder, seed);
  const unlabelled = await openUnlabelledData(folder, seed);
  return { labelled, unlabelled, test: (await openTestData(folder)) ?? labelled.validation };
}

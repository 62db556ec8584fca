import type { Dataset, LandmarkDataset } from '../../datasets/dataset.js';
import { cachedDataset, concatDatasets, groupsOf, splitByGroup, withoutGroups } from '../../datasets/dataset-tools.js';
import type { UnlabelledSample } from '../../datasets/samples.js';
import { DatasetError } from '../../errors.js';
import type { AblationData } from '../../experiments/ablation.js';
import type { RecognitionData } from '../../experiments/recognition-networks.js';
import type { Split } from '../../experiments/training-plan.js';
import { findFolder } from './files.js';
import { type IdentificationSetsOptions, openIdentificationSets } from './identification-sets.js';
import { has300WFaces, open300W } from './landmarks-300w.js';
import { openLowResolutionFaces } from './low-resolution-faces.js';
import { openTestData, TEST_FOLDERS } from './test-sets-300w.js';
import { openWiderFaces } from './wider-faces.js';
import { openYouTubeFaces } from './youtube-faces-landmarks.js';

/** Share of the people held out of the labelled faces. */
const HELD_OUT_PEOPLE = 0.05;
/** Share of the photographs held out of the real low-resolution faces. */
const HELD_OUT_PHOTOGRAPHS = 0.2;
/** How much more often a human annotation is drawn than one of YouTube Faces' automatic, noisy ones. */
const HUMAN_LABEL_WEIGHT = 3;
/**
 * Masked faces are left out: a generator that learns from them paints masks over mouths whose landmarks it must keep.
 */
const KINDS_WITHOUT_MASK = ['unmasked', 'detected'];

/** Labelled faces to learn from and faces of other people to validate with. */
export type TrainingData = Split<LandmarkDataset>;

/** Real low-resolution faces to learn from, and faces of other photographs to measure with. */
export type UnlabelledData = Split<Dataset<UnlabelledSample>>;

/**
 * Opens the labelled faces of a data folder: `300w` (300-W's layout), `ytf` (YouTube Faces' frames), or both. 5 % of
 * the people are held out. 300-W's test folders (`afw`, `ibug`, `testset`, `01_Indoor` and
 * `02_Outdoor`, at any depth and in any spelling) are never read.
 *
 * @param seed Which people are held out.
 * @throws DatasetError when the folder holds neither, test folders aside, or an annotation is malformed.
 */
export async function openTrainingData(folder: string, seed: number): Promise<TrainingData> {
  const [training, validation]: [LandmarkDataset[], LandmarkDataset[]] = [[], []];
  const add = (dataset: LandmarkDataset, weight: number) => {
    const split = splitByGroup(cachedDataset(dataset), HELD_OUT_PEOPLE, seed);
    training.push(...Array.from({ length: weight }, () => split.training));
    validation.push(split.validation);
  };
  const [labelled, frames] = [await findFolder(folder, '300w'), await findFolder(folder, 'ytf')];
  // It may be there for its test folders alone.
  if (labelled && (await has300WFaces(labelled, TEST_FOLDERS))) {
    add(await open300W(labelled, { exclude: TEST_FOLDERS }), HUMAN_LABEL_WEIGHT);
  }
  if (frames) add(await openYouTubeFaces(frames), 1);
  if (training.length === 0) {
    throw new DatasetError(`${folder} has neither training faces in 300w nor a folder ytf: nothing to train on.`);
  }
  return { training: concatDatasets(training), validation: concatDatasets(validation) };
}

/**
 * Opens the real low-resolution faces of a data folder: those in `lowres` and the small ones of WIDER FACE in `wider`,
 * without photographs that `lowres` has too. A fifth of the photographs are held out. Faces that the index marks as
 * masked are left out. Nothing else in the folder is read, least of all its test sets.
 *
 * @param seed Which photographs are held out.
 * @throws DatasetError when the folder has neither, or an index is malformed.
 */
export async function openUnlabelledData(folder: string, seed: number): Promise<UnlabelledData> {
  const [lowres, wider] = [await findFolder(folder, 'lowres'), await findFolder(folder, 'wider')];
  const datasets: Dataset<UnlabelledSample>[] = [];
  if (lowres) datasets.push(await openLowResolutionFaces(lowres, { kinds: KINDS_WITHOUT_MASK }));
  if (wider) {
    const known = lowres ? groupsOf(await openLowResolutionFaces(lowres)) : new Set<string>();
    datasets.push(withoutGroups(await openWiderFaces(wider), known));
  }
  if (datasets.length === 0) {
    throw new DatasetError(`${folder} has neither a folder lowres nor wider: put real low-resolution faces in lowres.`);
  }
  return splitByGroup(cachedDataset(concatDatasets(datasets)), HELD_OUT_PHOTOGRAPHS, seed);
}

/**
 * Opens what an ablation trains and measures on: {@link openTrainingData}, {@link openUnlabelledData} and 300-W's test
 * faces, or the held-out people where the folder has none.
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

/**
 * Opens what a recognition experiment identifies and trains on: {@link openIdentificationSets}, and, once a network is
 * to be trained, {@link openTrainingData} and {@link openUnlabelledData}.
 *
 * `seed` decides who is identified and who is held out; it must be the experiment's, and is 0 by default.
 *
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

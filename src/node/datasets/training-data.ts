import { join } from 'node:path';
import type { LandmarkDataset } from '../../datasets/dataset.js';
import { cachedDataset, concatDatasets, splitByGroup } from '../../datasets/dataset-tools.js';
import { DatasetError } from '../../errors.js';
import { isFolder } from './is-folder.js';
import { has300WFaces, open300W } from './landmarks-300w.js';
import { openYouTubeFaces } from './youtube-faces-landmarks.js';

/** Folders of 300-W that are for testing: AFW in this library's protocol, the others in 300-W's own. */
const TEST_FOLDERS = ['afw', 'ibug', 'testset'];
/** Share of the people held out for validation. */
const VALIDATION_SHARE = 0.05;
/**
 * How much more often a face that people have annotated is drawn than one with YouTube Faces' automatic, noisy points.
 */
const HUMAN_LABEL_WEIGHT = 3;

/** Labelled faces to learn from and faces of other people to validate with. */
export interface TrainingData {
  training: LandmarkDataset;
  validation: LandmarkDataset;
}

/**
 * Opens a data folder: `300w` (300-W's layout) and `ytf` (YouTube Faces' frames) inside it, or either alone. 300-W's
 * test folders (`afw`, `ibug`, `testset`) are never read.
 *
 * @param seed Which people are held out.
 * @throws DatasetError when the folder holds neither, test folders aside, or an annotation is malformed.
 */
export async function openTrainingData(folder: string, seed: number): Promise<TrainingData> {
  const sources: { dataset: LandmarkDataset; weight: number }[] = [];
  // It may be there for its test folders alone.
  if (await has300WFaces(join(folder, '300w'), TEST_FOLDERS)) {
    sources.push({
      dataset: await open300W(join(folder, '300w'), { exclude: TEST_FOLDERS }),
      weight: HUMAN_LABEL_WEIGHT,
    });
  }
  if (await isFolder(join(folder, 'ytf'))) {
    sources.push({ dataset: await openYouTubeFaces(join(folder, 'ytf')), weight: 1 });
  }
  if (sources.length === 0)
    throw new DatasetError(`${folder} has neither training faces in 300w nor a folder ytf: nothing to train on.`);
  const parts = sources.map(({ dataset, weight }) => ({
    ...splitByGroup(cachedDataset(dataset), VALIDATION_SHARE, seed),
    weight,
  }));
  const repeated = parts.flatMap(({ training, weight }) => Array.from({ length: weight }, () => training));
  return {
    training: concatDatasets(repeated),
    validation: concatDatasets(parts.map(({ validation }) => validation)),
  };
}

/**
 * Opens 300-W's test folders in a data folder's `300w`; undefined when there is none. They are for measuring what was
 * trained, never for training or for choosing.
 */
export async function openTestData(folder: string): Promise<LandmarkDataset | undefined> {
  const places = TEST_FOLDERS.map((name) => join(folder, '300w', name));
  const present = await Promise.all(places.map(isFolder));
  const datasets = await Promise.all(places.filter((_, index) => present[index]).map((place) => open300W(place)));
  return datasets.length > 0 ? concatDatasets(datasets) : undefined;
}

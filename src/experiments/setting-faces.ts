import type { FaceChoice } from '../cli/face-options.js';
import { takeSamples } from '../datasets/dataset-tools.js';
import { DatasetError } from '../errors.js';
import { type FaceSet, facesOfDataset } from '../evaluation/evaluated-face.js';
import { generatedFaces } from '../evaluation/generated-faces.js';
import { openEvaluationFaces } from '../node/datasets/evaluation-faces.js';
import { open300WTestSets, type TestSet300W } from '../node/datasets/test-sets-300w.js';
import { openTestData } from '../node/datasets/training-data.js';
import { loadGenerator, type TrainingPreset } from './training-plan.js';

/** A set that a setting is evaluated on, under the key that its files begin with. */
export interface SettingFaces {
  key: string;
  faces: FaceSet;
}

const SET_NAMES: Readonly<Record<TestSet300W, string>> = {
  common: '300-W common',
  challenging: '300-W challenging',
  full: '300-W full',
  afw: 'AFW',
};

/**
 * The faces that a setting is evaluated on. HR-LD: 300-W's test sets as they are (section 4.4). The others: test faces made small by G1, as in
 * Table 1b, and made small as cameras do, which no setting has learned from.
 *
 * @param generator G1's weights, or those of this package.
 * @param seed Of G1's noise.
 * @throws DatasetError when the test faces are not there.
 */
export async function settingFaces(
  setting: TrainingPreset,
  data: string,
  { generator, seed, choice }: { generator: string | undefined; seed: number; choice: FaceChoice },
): Promise<SettingFaces[]> {
  if (setting === 'HR-LD') {
    const sets = await open300WTestSets(data);
    // Full is the other two: its table is made of their predictions.
    return Object.entries(sets)
      .filter(([key]) => key !== 'full')
      .map(([key, dataset]) => {
        return { key, faces: facesOfDataset(SET_NAMES[key as TestSet300W], takeSamples(dataset, choice.limit)) };
      });
  }
  const test = await openTestData(data);
  if (!test) {
    throw new DatasetError(`${data} has no test faces: put 300w/afw, 300w/ibug or 300w/testset there.`);
  }
  using g1 = await loadGenerator(generator);
  return [
    { key: 'generated', faces: await generatedFaces(g1, takeSamples(test, choice.limit), seed) },
    { key: 'small', faces: await openEvaluationFaces(data, choice) },
  ];
}

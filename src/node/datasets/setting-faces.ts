import { takeSamples } from '../../datasets/dataset-tools.js';
import { DatasetError } from '../../errors.js';
import { facesOfDataset } from '../../evaluation/evaluated-face.js';
import { generatedFaces } from '../../evaluation/generated-faces.js';
import type { LandmarkSetting, SettingFaces } from '../../experiments/evaluate-landmarks.js';
import { FACE_SIZE_RANGES } from '../../metrics/face-sizes.js';
import { openEvaluationFaces } from './evaluation-faces.js';
import type { SmallFaceSetOptions } from './small-face-set.js';
import { open300WTestSets, type TestSet300W } from './test-sets-300w.js';
import { openTestData } from './training-data.js';

/** How {@link openSettingFaces} chooses and renders faces. */
export interface SettingFacesOptions extends SmallFaceSetOptions {
  /** G1's weights; those in this package by default. */
  generator?: Uint8Array | undefined;
  /** Of G1's noise; 0 by default. */
  generatorSeed?: number | undefined;
}

const SET_NAMES: Readonly<Record<TestSet300W, string>> = {
  common: '300-W common',
  challenging: '300-W challenging',
  full: '300-W full',
  afw: 'AFW',
};

/**
 * Opens the faces that a setting is evaluated on. HR-LD: 300-W's test sets as they are (section 4.4). The others: test
 * faces as G1 renders them, as in Table 1b, and shrunk as by cameras, which no setting has learned from.
 *
 * @throws DatasetError when there are no test faces.
 */
export async function openSettingFaces(
  folder: string,
  setting: LandmarkSetting,
  { generator, generatorSeed = 0, sizes = FACE_SIZE_RANGES, ...options }: SettingFacesOptions = {},
): Promise<SettingFaces[]> {
  const { limit } = options;
  if (setting === 'HR-LD') {
    const sets = await open300WTestSets(folder);
    // Full is the other two: its table is made of their predictions.
    return Object.entries(sets)
      .filter(([key]) => key !== 'full')
      .map(([key, dataset]) => {
        return { key, faces: facesOfDataset(SET_NAMES[key as TestSet300W], takeSamples(dataset, limit)) };
      });
  }
  const test = await openTestData(folder);
  if (!test) {
    throw new DatasetError(`${folder} has no test faces: put 300w/afw, 300w/ibug or 300w/testset there.`);
  }
  // Only now: whoever detects in image files has no tfjs-layers.
  const { loadGenerator } = await import('../../experiments/load-generator.js');
  using g1 = await loadGenerator(generator);
  return [
    { key: 'generated', faces: await generatedFaces(g1, takeSamples(test, limit), generatorSeed) },
    { key: 'small', faces: await openEvaluationFaces(folder, { sizes, ...options }), sizes },
  ];
}

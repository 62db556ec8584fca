import { takeSamples } from '../../datasets/dataset-tools.js';
import { facesOfDataset } from '../../evaluation/evaluated-face.js';
import { generatedFaces } from '../../evaluation/generated-faces.js';
import type { LandmarkSetting, SettingFaces } from '../../experiments/evaluate-landmarks.js';
import { FACE_SIZE_RANGES } from '../../metrics/face-sizes.js';
import { openEvaluationFaces } from './evaluation-faces.js';
import type { SmallFaceSetOptions } from './small-face-set.js';
import { open300WTestSets, openTestData, type TestSet300W } from './test-sets-300w.js';

/** How {@link openSettingFaces} chooses and renders faces. */
export interface SettingFacesOptions extends SmallFaceSetOptions {
  /** G1's weights; those in this package by default. */
  generator?: Uint8Array | undefined;
  /** Of G1's noise; 0 by default. */
  generatorSeed?: number | undefined;
}

const SET_NAMES = { common: '300-W common', challenging: '300-W challenging', afw: 'AFW' } as const;

/**
 * Opens the faces that a setting is evaluated on. HR-LD: 300-W's test sets as they are (section 4.4). The others: test
 * faces as G1 renders them (Table 1b), and shrunk as by cameras, which no setting has learned from.
 *
 * @throws DatasetError when there are no test faces.
 */
export async function openSettingFaces(
  folder: string,
  setting: LandmarkSetting,
  { generator, generatorSeed = 0, sizes = FACE_SIZE_RANGES, ...options }: SettingFacesOptions = {},
): Promise<SettingFaces[]> {
  const { limit } = options;
  const sets = await open300WTestSets(folder);
  if (setting === 'HR-LD') {
    // Full is the other two together: its table is computed from their predictions.
    const keys = Object.keys(SET_NAMES).filter((key) => sets[key as TestSet300W]) as (keyof typeof SET_NAMES)[];
    return keys.map((key) => ({ key, faces: facesOfDataset(SET_NAMES[key], takeSamples(sets[key]!, limit)) }));
  }
  const test = (await openTestData(folder))!;
  // Imported only here: applications that detect in image files have no tfjs-layers.
  const { loadGenerator } = await import('../../experiments/training-plan.js');
  using g1 = await loadGenerator(generator);
  return [
    { key: 'generated', faces: await generatedFaces(g1, takeSamples(test, limit), generatorSeed) },
    { key: 'small', faces: await openEvaluationFaces(folder, { sizes, ...options }), sizes },
  ];
}

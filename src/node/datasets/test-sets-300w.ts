import type { LandmarkDataset } from '../../datasets/dataset.js';
import { concatDatasets } from '../../datasets/dataset-tools.js';
import { DatasetError } from '../../errors.js';
import { findFolder } from './files.js';
import { open300W } from './landmarks-300w.js';

/** The test sets of 300-W in Table 4, and AFW, a test set in this library's protocol (300-W's own trains on it). */
export type TestSet300W = 'common' | 'challenging' | 'full' | 'afw';

/** Names of 300-W's test folders, at any depth: AFW, the parts of its public test set, and its challenge's photographs. */
export const TEST_FOLDERS: readonly string[] = ['afw', 'ibug', 'testset', '01_indoor', '02_outdoor'];

/** Where test faces can lie, for messages. */
export const TEST_PLACES = '300w/afw, 300w/ibug, 300w/testset, 300w/helen/testset or 300w/lfpw/testset';

/**
 * Opens the test sets of a data folder's `300w`: common (`helen/testset`, `lfpw/testset` and `testset`), challenging
 * (`ibug`), full (both, if both exist), and `afw`.
 *
 * @throws DatasetError when there is none of them, or an annotation is malformed.
 * @example
 * const { challenging } = await open300WTestSets('data');
 */
export async function open300WTestSets(folder: string): Promise<Partial<Record<TestSet300W, LandmarkDataset>>> {
  const { common, challenging, afw } = await findTestSets(folder);
  if (!(common || challenging || afw)) {
    throw new DatasetError(`${folder} has no test faces of 300-W: put ${TEST_PLACES} there.`);
  }
  const full = common && challenging && concatDatasets([common, challenging]);
  return { ...(common && { common }), ...(challenging && { challenging }), ...(full && { full }), ...(afw && { afw }) };
}

/**
 * Opens all test faces in a data folder's `300w` as one dataset; undefined when there are none. They are for measuring
 * what was trained, never for training or choosing.
 */
export async function openTestData(folder: string): Promise<LandmarkDataset | undefined> {
  const { afw, challenging, common } = await findTestSets(folder);
  return joined([afw, challenging, common]);
}

async function findTestSets(folder: string) {
  const find = async (...names: string[]) => {
    const places = await Promise.all(names.map((name) => findFolder(folder, `300w/${name}`)));
    return joined(await Promise.all(places.map((place) => (place === undefined ? place : open300W(place)))));
  };
  const common = await find('helen/testset', 'lfpw/testset', 'testset');
  return { common, challenging: await find('ibug'), afw: await find('afw') };
}

function joined(datasets: readonly (LandmarkDataset | undefined)[]): LandmarkDataset | undefined {
  const present = datasets.filter((dataset) => dataset !== undefined);
  return present.length > 0 ? concatDatasets(present) : undefined;
}

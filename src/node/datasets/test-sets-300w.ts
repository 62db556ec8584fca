import { join } from 'node:path';
import type { LandmarkDataset } from '../../datasets/dataset.js';
import { concatDatasets } from '../../datasets/dataset-tools.js';
import { DatasetError } from '../../errors.js';
import { isFolder } from './is-folder.js';
import { open300W } from './landmarks-300w.js';

/**
 * The test sets of 300-W in Table 4, and AFW, which is a test set in this library's protocol (300-W's own trains on
 * it).
 */
export type TestSet300W = 'common' | 'challenging' | 'full' | 'afw';

const COMMON_FOLDERS = ['helen/testset', 'lfpw/testset', 'testset'];

/**
 * Opens the test sets of a data folder's `300w`: common (`helen/testset` and `lfpw/testset`), challenging (`ibug`),
 * full (both, where there are both), and `afw`.
 *
 * @throws DatasetError when there is none of them, or an annotation is malformed.
 * @example
 * const { challenging } = await open300WTestSets('data');
 */
export async function open300WTestSets(folder: string): Promise<Partial<Record<TestSet300W, LandmarkDataset>>> {
  const open = async (names: readonly string[]): Promise<LandmarkDataset | undefined> => {
    const datasets: LandmarkDataset[] = [];
    for (const name of names) {
      const place = join(folder, '300w', name);
      if (await isFolder(place)) datasets.push(await open300W(place));
    }
    return datasets.length > 0 ? concatDatasets(datasets) : undefined;
  };
  const [common, challenging, afw] = [await open(COMMON_FOLDERS), await open(['ibug']), await open(['afw'])];
  const full = common && challenging && concatDatasets([common, challenging]);
  const sets = Object.entries({ common, challenging, full, afw }).filter(([, dataset]) => dataset !== undefined);
  if (sets.length === 0) {
    throw new DatasetError(
      `${folder} has no test faces of 300-W: put 300w/afw, 300w/ibug, 300w/helen/testset or 300w/lfpw/testset there.`,
    );
  }
  return Object.fromEntries(sets);
}

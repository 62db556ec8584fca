import { join } from 'node:path';
import type { Dataset } from '../../datasets/dataset.js';
import { cachedDataset, concatDatasets, groupsOf, splitByGroup, withoutGroups } from '../../datasets/dataset-tools.js';
import type { UnlabelledSample } from '../../datasets/samples.js';
import { isFolder } from './is-folder.js';
import { openLowResolutionFaces } from './low-resolution-faces.js';
import { openWiderFaces } from './wider-faces.js';

/** Share of the photographs held out for validation. */
const VALIDATION_SHARE = 0.2;
/**
 * Masked faces are left out: a generator that learns from them paints masks over mouths whose landmarks it must keep.
 */
const KINDS_WITHOUT_MASK = ['unmasked', 'detected'];

/** Real low-resolution faces to learn from, and faces of other photographs to measure with. */
export interface UnlabelledData {
  training: Dataset<UnlabelledSample>;
  validation: Dataset<UnlabelledSample>;
}

/**
 * Opens the real low-resolution faces of a data folder: those in `lowres` and the small ones of WIDER FACE in `wider`
 * inside it, photographs that are in both once, or else the pictures of the folder itself. Masked faces, where the
 * index names them, are left out.
 *
 * @param seed Which photographs are held out.
 * @throws DatasetError when there are none, or an index is malformed.
 */
export async function openUnlabelledData(folder: string, seed: number): Promise<UnlabelledData> {
  const [lowres, wider] = [join(folder, 'lowres'), join(folder, 'wider')];
  const datasets: Dataset<UnlabelledSample>[] = [];
  if (await isFolder(lowres)) datasets.push(await openLowResolutionFaces(lowres, { kinds: KINDS_WITHOUT_MASK }));
  if (await isFolder(wider)) {
    const known = datasets.length > 0 ? groupsOf(await openLowResolutionFaces(lowres)) : new Set<string>();
    datasets.push(withoutGroups(await openWiderFaces(wider), known));
  }
  if (datasets.length === 0) datasets.push(await openLowResolutionFaces(folder, { kinds: KINDS_WITHOUT_MASK }));
  return splitByGroup(cachedDataset(concatDatasets(datasets)), VALIDATION_SHARE, seed);
}

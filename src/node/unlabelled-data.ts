import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedUnlabelled, splitUnlabelled, type UnlabelledDataset } from '../data/unlabelled.js';
import { LowResolutionFaces } from './low-resolution-faces.js';

/** Share of the photographs held out for validation. */
const VALIDATION_SHARE = 0.2;
/**
 * Faces that a mask covers are left out: a generator that learns from them paints masks, over mouths whose landmarks it must keep.
 */
const KINDS_WITHOUT_MASK = ['unmasked', 'detected'];

/** Real low-resolution faces to learn from, and faces of other photographs to measure with. */
export interface UnlabelledData {
  training: UnlabelledDataset;
  validation: UnlabelledDataset;
}

/**
 * Opens the real low-resolution faces of a data folder: those in `lowres` inside it, or of the folder itself. Where an index tells masked
 * faces apart, they are left out.
 *
 * @param seed Which photographs are held out.
 * @throws DatasetError when there are none, or the index is malformed.
 */
export async function openUnlabelledData(folder: string, seed: number): Promise<UnlabelledData> {
  const inside = join(folder, 'lowres');
  const place = await stat(inside).then(
    () => inside,
    () => folder,
  );
  const faces = await LowResolutionFaces.open(place, { kinds: KINDS_WITHOUT_MASK });
  return splitUnlabelled(cachedUnlabelled(faces), VALIDATION_SHARE, seed);
}

import { join } from 'node:path';
import { cachedDataset, groupsOf, withoutGroups } from '../../datasets/dataset-tools.js';
import type { IdentificationSets } from '../../datasets/identification-split.js';
import { DatasetError, InvalidArgumentError } from '../../errors.js';
import { findFolder, isFolder } from './files.js';
import { openTinyFace } from './tiny-face.js';
import { openYouTubeFacesIdentities, type YouTubeFacesIdentitiesOptions } from './youtube-faces-identities.js';

/** Sets of closed-set identification, and where they come from. */
export interface OpenedIdentificationSets extends IdentificationSets {
  /** For reports: `TinyFace`, or `YouTube Faces, made small`. */
  source: string;
}

/** The source of native faces. */
export const TINY_FACE = 'TinyFace';
/** The source of shrunk ones. Kept in run folders' configuration: another wording would keep old runs from resuming. */
const SHRUNK_YOUTUBE_FACES = 'YouTube Faces, made small';

/** How {@link openIdentificationSets} chooses. */
export interface IdentificationSetsOptions extends YouTubeFacesIdentitiesOptions {
  /** How many of the people to identify to keep, the first in alphabetical order; all by default. */
  people?: number | undefined;
}

/**
 * Opens the faces of people to identify in a data folder: TinyFace (in `tinyface/` or the folder itself) or else frames
 * of YouTube Faces (`ytf/`), shrunk, to which the options other than `people` apply. Gallery and probes stay in memory
 * once read.
 *
 * @throws DatasetError when the folder has neither, or what is there is not complete.
 * @example
 * ```ts
 * const { probes, gallery, source } = await openIdentificationSets('data', { people: 50 });
 * ```
 */
export async function openIdentificationSets(
  folder: string,
  { people, ...options }: IdentificationSetsOptions = {},
): Promise<OpenedIdentificationSets> {
  if (people !== undefined && !(Number.isInteger(people) && people >= 2)) {
    throw new InvalidArgumentError(`people must be a whole number of at least 2, not ${people}.`);
  }
  const opened = await openSets(folder, options);
  // Each way of aligning them reads them all.
  const sets = { ...opened, gallery: cachedDataset(opened.gallery), probes: cachedDataset(opened.probes) };
  if (people === undefined) return sets;
  const kept = new Set([...groupsOf(sets.probes)].sort().slice(0, people));
  const others = new Set([...groupsOf(sets.gallery), ...groupsOf(sets.probes)].filter((person) => !kept.has(person)));
  return { ...sets, gallery: withoutGroups(sets.gallery, others), probes: withoutGroups(sets.probes, others) };
}

async function openSets(folder: string, options: YouTubeFacesIdentitiesOptions): Promise<OpenedIdentificationSets> {
  if ((await isFolder(join(folder, 'tinyface/Testing_Set'))) || (await isFolder(join(folder, 'Testing_Set')))) {
    return { ...(await openTinyFace(folder)), source: TINY_FACE };
  }
  const frames = await findFolder(folder, 'ytf');
  if (frames) return { ...(await openYouTubeFacesIdentities(frames, options)), source: SHRUNK_YOUTUBE_FACES };
  throw new DatasetError(`${folder} has neither tinyface nor ytf: give the folder that holds one of them.`);
}

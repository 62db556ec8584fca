import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Dataset, datasetOf } from '../../datasets/dataset.js';
import type { IdentificationSets } from '../../datasets/identification-split.js';
import type { UnlabelledSample } from '../../datasets/samples.js';
import { DatasetError } from '../../errors.js';
import { type ListedPicture, parseTinyFaceList } from '../../formats/tiny-face-list.js';
import { readImage } from '../images/read-image.js';
import { isFolder } from './files.js';

const IS_PICTURE = /\.(jpe?g|png)$/i;
/** Where the lists are: beside the pictures, or with the official evaluation's code. */
const LIST_FOLDERS = ['Testing_Set', 'Face_Identification_Evaluation', '.'];
/** Most names in a message. */
const NAMED = 3;

interface FacePicture {
  path: string;
  id: string;
  /** The person; by default the picture is a group of its own. */
  identity?: string;
}

/**
 * Opens TinyFace (Cheng et al. 2018), 15,975 native low-resolution faces of 5139 people and 153,428 unidentified ones,
 * in its official layout:
 *
 * - `Training_Set/<person>/*.jpg`: 7804 faces of 2570 people;
 * - `Testing_Set/Gallery_Match` and `Testing_Set/Probe`: 4443 and 3728 faces of 2569 other people, identified by
 *   `gallery_match_img_ID_pairs.mat` and `probe_img_ID_pairs.mat`;
 * - `Testing_Set/Gallery_Distractor`: the unidentified faces; optional, the `distractors`.
 *
 * A picture is the crop of a face detector's box, about 20 by 16 pixels, so a sample's box is the whole picture. Its
 * group is the person; training people are called `training/<person>`, because both parts count people from 1.
 *
 * @param folder The folder with `Training_Set` and `Testing_Set`, or one with `tinyface`.
 * @throws DatasetError when a folder is missing or empty, a list is missing or malformed or differs from its folder, or
 *   a probe's person is not in the gallery.
 * @example
 * const { training, gallery, probes } = await openTinyFace('tinyface');
 * const { image, box } = await probes.get(0);
 */
export async function openTinyFace(folder: string): Promise<IdentificationSets> {
  const root = (await isFolder(join(folder, 'Testing_Set'))) ? folder : join(folder, 'tinyface');
  for (const name of ['Training_Set', 'Testing_Set/Gallery_Match', 'Testing_Set/Probe']) {
    if (await isFolder(join(root, name))) continue;
    throw new DatasetError(`${folder} has no folder ${name}: give the folder of Training_Set and Testing_Set.`);
  }
  const gallery = await listedPictures(root, 'Testing_Set/Gallery_Match', 'gallery_match', 'gallery');
  const probes = await listedPictures(root, 'Testing_Set/Probe', 'probe', 'probe');
  const enrolled = new Set(gallery.map(({ identity }) => identity));
  const strangers = probes.filter(({ identity }) => !enrolled.has(identity));
  if (strangers.length > 0) {
    const named = some(strangers.map(({ id, identity }) => `${id} (person ${identity})`));
    throw new DatasetError(`${named} cannot be found: the gallery has no picture of that person.`);
  }
  const training = facePictures(await trainingPictures(root));
  const sets = { training, gallery: facePictures(gallery), probes: facePictures(probes) };
  const distractors = 'Testing_Set/Gallery_Distractor';
  if (!(await isFolder(join(root, distractors)))) return sets;
  return { ...sets, distractors: facePictures(await picturesIn(root, distractors)) };
}

function facePictures(pictures: readonly FacePicture[]): Dataset<UnlabelledSample> {
  const read = async ({ path, id }: FacePicture) => {
    const image = await readImage(path);
    return { id, image, box: { x: 0, y: 0, width: image.width, height: image.height } };
  };
  return datasetOf(pictures, ({ identity, id }) => identity ?? id, read);
}

async function listedPictures(
  root: string,
  folder: string,
  listName: string,
  role: 'gallery' | 'probe',
): Promise<Required<FacePicture>[]> {
  const { list, pictures: listed } = await readList(root, `${listName}_img_ID_pairs.mat`, role);
  const present = new Map((await picturesIn(root, folder)).map((picture) => [picture.id, picture]));
  const idOf = ({ file }: ListedPicture) => `${folder}/${file}`;
  const missing = listed.map(idOf).filter((id) => !present.has(id));
  if (missing.length > 0) throw new DatasetError(`${list} names ${some(missing)}, which is missing.`);
  const known = new Set(listed.map(idOf));
  const unknown = [...present.keys()].filter((id) => !known.has(id));
  if (unknown.length > 0) {
    throw new DatasetError(`${list} does not list ${some(unknown)}: take the picture out of the folder.`);
  }
  return listed.map((picture) => ({ ...present.get(idOf(picture))!, identity: picture.identity }));
}

async function readList(root: string, name: string, role: 'gallery' | 'probe') {
  for (const folder of LIST_FOLDERS) {
    const list = join(root, folder, name);
    const bytes = await readFile(list).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw new DatasetError(`${list} cannot be read: ${error.message}`, { cause: error });
    });
    if (bytes) return { list, pictures: await parseTinyFaceList(bytes, role, list) };
  }
  throw new DatasetError(`${join(root, 'Testing_Set', name)} is missing: TinyFace's own list of who is who.`);
}

async function trainingPictures(root: string): Promise<FacePicture[]> {
  const entries = await readdir(join(root, 'Training_Set'), { withFileTypes: true });
  const stray = entries.filter((entry) => entry.isFile() && IS_PICTURE.test(entry.name)).map(({ name }) => name);
  if (stray.length > 0) throw new DatasetError(`Training_Set/${some(stray)} is in no person's folder: put it in one.`);
  const people = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  if (people.length === 0) throw new DatasetError(`${root}/Training_Set is empty: it needs a folder for each person.`);
  const picturesOf = async (person: string) => {
    const files = await picturesIn(root, `Training_Set/${person}`);
    return files.map((picture) => ({ ...picture, identity: `training/${person}` }));
  };
  return (await Promise.all(people.sort().map(picturesOf))).flat();
}

/** The pictures right inside a folder, named from the root. */
async function picturesIn(root: string, folder: string): Promise<FacePicture[]> {
  const files = await readdir(join(root, folder));
  const names = files.filter((name) => IS_PICTURE.test(name) && !name.startsWith('.')).sort();
  if (names.length === 0) throw new DatasetError(`${root}/${folder} has no picture: is TinyFace unpacked completely?`);
  return names.map((name) => ({ path: join(root, folder, name), id: `${folder}/${name}` }));
}

function some(names: readonly string[]): string {
  const more = names.length - NAMED;
  return names.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

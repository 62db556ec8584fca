import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { datasetOf, type LandmarkDataset } from '../../datasets/dataset.js';
import type { AnnotatedSample } from '../../datasets/samples.js';
import { DatasetError, isLowResLandmarksError } from '../../errors.js';
import { type AnnotatedFaceRow, parseAnnotatedFaces } from '../../formats/annotated-faces-csv.js';
import { assertBox } from '../../geometry/box.js';
import { readImage } from '../images/read-image.js';
import { isFolder } from './is-folder.js';

interface Entry extends AnnotatedFaceRow {
  path: string;
  id: string;
}

/**
 * Opens faces that people have annotated, of any size; native low-resolution ones as in the paper's ALRF (700 faces of
 * TinyFace with 5 points) above all. A CSV lists pictures, boxes and points: `file,x,y,width,height,x1,y1,...,xN,yN` with
 * N = 5, 19 or 68, and `group` if you like, in any order. Boxes are measured at pixel edges and points have pixel centres
 * at integers, from 0; a point that is not visible is -1, -1, or two empty cells. A sample's group is what the list says,
 * or the picture.
 *
 * Several faces of one picture are rows of their own; the second is called `name.png#2`. Pictures are read when asked
 * for, which throws a DatasetError where a box lies outside its picture.
 *
 * @param path The CSV, or a folder with one: `index.csv`, or else the only one there.
 * @throws DatasetError when there is no such file, it is malformed, or it names a picture that is missing.
 * @example
 * const faces = await openAnnotatedFaces('alrf/index.csv');
 * const { image, box, points } = await faces.get(0);
 */
export async function openAnnotatedFaces(path: string): Promise<LandmarkDataset<AnnotatedSample>> {
  const list = (await isFolder(path)) ? await listIn(path) : path;
  const text = await readFile(list, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new DatasetError(`${list} cannot be read: give a CSV of annotated faces. ${cause.message}`, { cause });
  });
  const { scheme, faces } = parseAnnotatedFaces(text, list);
  const seen = new Map<string, number>();
  const entries: Entry[] = [];
  for (const face of faces) {
    const picture = resolve(dirname(list), face.file);
    const number = (seen.get(picture) ?? 0) + 1;
    const found = number > 1 || (await stat(picture).catch(() => undefined))?.isFile();
    if (!found) throw new DatasetError(`${list}, line ${face.line}: there is no picture "${face.file}".`);
    seen.set(picture, number);
    entries.push({ ...face, path: picture, id: number === 1 ? face.file : `${face.file}#${number}` });
  }
  return { scheme, ...datasetOf(entries, ({ group, file }) => group ?? file, readSample) };
}

async function readSample({ id, path, box, points }: Entry): Promise<AnnotatedSample> {
  const image = await readImage(path);
  try {
    assertBox(box, image.width, image.height);
  } catch (cause) {
    if (!isLowResLandmarksError(cause)) throw cause;
    throw new DatasetError(`${id}: ${cause.message}`, { cause });
  }
  return { id, image, box: { ...box }, points: points.map((point) => ({ ...point })) };
}

async function listIn(folder: string): Promise<string> {
  const lists = (await readdir(folder)).filter((name) => name.toLowerCase().endsWith('.csv')).sort();
  const name = lists.includes('index.csv') ? 'index.csv' : lists[0];
  if (!name || (lists.length > 1 && name !== 'index.csv')) {
    const found = lists.length > 0 ? lists.join(', ') : 'no CSV';
    throw new DatasetError(`${folder} has ${found}: give the path of the list of annotated faces.`);
  }
  return join(folder, name);
}

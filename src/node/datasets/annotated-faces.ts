import { readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { datasetOf, type LandmarkDataset } from '../../datasets/dataset.js';
import type { AnnotatedSample } from '../../datasets/samples.js';
import { DatasetError, isLowResLandmarksError } from '../../errors.js';
import { type AnnotatedFaceRow, parseAnnotatedFaces } from '../../formats/annotated-faces-csv.js';
import { assertBox } from '../../geometry/box.js';
import { readImage } from '../images/read-image.js';
import { isFolder, readList } from './files.js';

interface Entry extends AnnotatedFaceRow {
  path: string;
  id: string;
}

/**
 * Opens annotated faces of any size, above all native low-resolution ones as in the paper's ALRF (700 faces of TinyFace
 * with 5 points). A CSV lists pictures, boxes and points: `file,x,y,width,height,x1,y1,...,xN,yN` with N = 5, 19 or 68
 * and, optionally, `group`, in any order. Boxes are measured at pixel edges; points have pixel centres at integers,
 * from 0; a point that is not visible is -1, -1, or two empty cells. A sample's group is the list's, or else the
 * picture.
 *
 * Several faces of one picture are rows of their own; the second is called `name.png#2`. Pictures are read when asked
 * for; a box outside its picture is a DatasetError then.
 *
 * @param path The CSV, or a folder with one: `index.csv`, or else the only one there.
 * @throws DatasetError when there is no such file, it is malformed, or a picture is missing.
 * @example
 * const faces = await openAnnotatedFaces('alrf/index.csv');
 * const { image, box, points } = await faces.get(0);
 */
export async function openAnnotatedFaces(path: string): Promise<LandmarkDataset<AnnotatedSample>> {
  const list = (await isFolder(path)) ? await listIn(path) : path;
  const { scheme, faces } = parseAnnotatedFaces(await readList(list, 'give a CSV of annotated faces'), list);
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
  if (name && (name === 'index.csv' || lists.length === 1)) return join(folder, name);
  throw new DatasetError(`${folder} has ${lists.join(', ') || 'no CSV'}: give the path of a list of faces.`);
}

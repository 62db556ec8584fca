import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { datasetOf, type LandmarkDataset } from '../../datasets/dataset.js';
import type { LandmarkSample } from '../../datasets/samples.js';
import { DatasetError } from '../../errors.js';
import { decodeText } from '../../formats/decode-text.js';
import { parsePts } from '../../formats/pts.js';
import { readImage } from '../images/read-image.js';
import { filesIn, nameKey, pathFinder } from './files.js';

const IMAGE_EXTENSIONS = ['jpg', 'png', 'jpeg'];

/** Which folders {@link open300W} reads. */
export interface Open300WOptions {
  /** Names of folders to leave out at any depth, such as test sets, in capitals or not; none by default. */
  exclude?: readonly string[];
}

interface Annotated {
  image: string;
  annotation: string;
}

/**
 * Opens 300-W (Sagonas et al. 2013) in its official layout: images with a `.pts` file of 68 points beside each, at any
 * depth. Images are read when asked for. A sample's group is its photograph, of which several faces may be annotated
 * (`name_1`, `name_2`); longer numbers, such as LFPW's `image_0001`, are part of the photograph's name.
 *
 * @throws DatasetError when the folder has no `.pts` file, or one of them has no image.
 * @example
 * const helen = await open300W('300w/helen/trainset');
 * const { image, points } = await helen.get(0);
 */
export async function open300W(folder: string, { exclude = [] }: Open300WOptions = {}): Promise<LandmarkDataset> {
  const files = await filesIn(folder, ['pts', ...IMAGE_EXTENSIONS], exclude);
  const find = pathFinder(files);
  const annotations = files.filter((file) => nameKey(extname(file)) === '.pts');
  if (annotations.length === 0) {
    throw new DatasetError(`${folder} has no .pts file: give the folder of 300-W's images and .pts files.`);
  }
  const faces = annotations.map((annotation): Annotated => {
    const stem = annotation.slice(0, -extname(annotation).length);
    const image = IMAGE_EXTENSIONS.map((extension) => find(`${stem}.${extension}`)).find((file) => file);
    if (!image) throw new DatasetError(`${annotation} has no image beside it (.${IMAGE_EXTENSIONS.join(', .')}).`);
    return { image, annotation };
  });
  return { scheme: 68, ...datasetOf(faces, ({ image }) => photographOf(image), readSample) };
}

function photographOf(image: string): string {
  return basename(image).replace(/(_\d{1,2})?\.\w+$/, '');
}

async function readSample({ image, annotation }: Annotated): Promise<LandmarkSample> {
  const points = parsePts(decodeText(await readFile(annotation), annotation), annotation);
  if (points.length !== 68) throw new DatasetError(`${annotation} has ${points.length} points, not the 68 of 300-W.`);
  return { id: basename(image), image: await readImage(image), points };
}

/** Whether a folder holds faces in 300-W's layout outside the excluded folders. */
export async function has300WFaces(folder: string, exclude: readonly string[]): Promise<boolean> {
  return (await filesIn(folder, ['pts'], exclude)).length > 0;
}

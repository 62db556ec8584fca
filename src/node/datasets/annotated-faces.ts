import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { AnnotatedFace } from '../../datasets/annotated-face.js';
import { faceAt } from '../../datasets/face-at.js';
import type { LandmarkDataset } from '../../datasets/sample.js';
import { DatasetError, isLowResLandmarksError } from '../../errors.js';
import { type AnnotatedFaceRow, parseAnnotatedFaces } from '../../formats/annotated-faces-csv.js';
import { assertBox } from '../../geometry/box.js';
import type { SchemeName } from '../../landmarks/schemes.js';
import { readImage } from '../images/read-image.js';
import { isFolder } from './is-folder.js';

interface Entry extends AnnotatedFaceRow {
  path: string;
  id: string;
}

/**
 * Faces that people have annotated, of any size; native low-resolution ones as in the paper's ALRF (700 faces of TinyFace with 5 points)
 * above all. A CSV lists pictures, boxes and points: `file,x,y,width,height,x1,y1,...,xN,yN` with N = 5, 19 or 68, and `group` if you like (see
 * {@link parseAnnotatedFaces}). Several faces of one picture are rows of their own.
 *
 * @example
 * const faces = await AnnotatedFaces.open('alrf/index.csv');
 * const { image, box, points } = await faces.sample(0);
 */
export class AnnotatedFaces implements LandmarkDataset {
  readonly scheme: SchemeName;
  readonly #entries: readonly Entry[];

  private constructor(scheme: SchemeName, entries: readonly Entry[]) {
    this.scheme = scheme;
    this.#entries = entries;
  }

  /**
   * Reads the annotations; pictures are read when asked for.
   *
   * @param path The CSV, or a folder with one: `index.csv`, or else the only one there.
   * @throws DatasetError when there is no such file, it is malformed, or it names a picture that there is not.
   */
  static async open(path: string): Promise<AnnotatedFaces> {
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
    return new AnnotatedFaces(scheme, entries);
  }

  /** Number of faces. */
  get length(): number {
    return this.#entries.length;
  }

  /** What the list says, or the picture. */
  group(index: number): string {
    const { group, file } = this.#at(index);
    return group ?? file;
  }

  /** Where the face at `index` is, without reading its picture. */
  box(index: number): AnnotatedFace['box'] {
    return { ...this.#at(index).box };
  }

  /**
   * The face at `index`. The second face of a picture is called `name.png#2`.
   *
   * @throws DatasetError when its box lies outside the picture.
   */
  async sample(index: number): Promise<AnnotatedFace> {
    const { id, path, box, points } = this.#at(index);
    const image = await readImage(path);
    try {
      assertBox(box, image.width, image.height);
    } catch (cause) {
      if (!isLowResLandmarksError(cause)) throw cause;
      throw new DatasetError(`${id}: ${cause.message}`, { cause });
    }
    return { id, image, box: { ...box }, points: points.map((point) => ({ ...point })) };
  }

  #at(index: number): Entry {
    return faceAt(this.#entries, index);
  }
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

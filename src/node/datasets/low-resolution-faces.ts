import { open, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { glob } from 'tinyglobby';
import { type Dataset, datasetOf } from '../../datasets/dataset.js';
import type { UnlabelledSample } from '../../datasets/samples.js';
import { DatasetError } from '../../errors.js';
import { parseCsv } from '../../formats/csv.js';
import type { Box } from '../../geometry/box.js';
import { readImageHeader } from '../images/image-header.js';
import { readImage } from '../images/read-image.js';

const COLUMNS = ['file', 'x', 'y', 'width', 'height'];
/** A crop is so much wider than its face: a picture without a box is taken for a crop. */
const CROP_MARGIN = 1.2;
/** Share of a box that must lie in its picture. */
const LEAST_INSIDE = 0.75;
/** Where the size of a picture is to be found; after a long EXIF block it is not. */
const HEADER_BYTES = 1 << 16;

interface Entry {
  path: string;
  /** Undefined when the picture is the face. */
  box: Box | undefined;
  kind: string;
  source: string;
}

/** Which faces {@link openLowResolutionFaces} takes. */
export interface LowResolutionFacesOptions {
  /** Kinds of the index to keep, beside faces of no kind; all by default. */
  kinds?: readonly string[];
}

/**
 * Opens a folder of real low-resolution faces. With an `index.csv` of the columns `file, x, y, width, height` and, if
 * you like, `kind` and `source`, each row is a face in a picture, anywhere below the folder; without it each picture is
 * the crop of a face. A row whose box lies mostly outside its picture is left out: it shows streaks of the border, not
 * a face. A sample's group is the photograph it was cut from (`source`), or its own file. Pictures are read when asked
 * for.
 *
 * @throws DatasetError when there is no picture, when the index names one that is missing, or when one of its rows is
 *   malformed.
 * @example
 * const faces = await openLowResolutionFaces('lowres', { kinds: ['unmasked'] });
 * const { image, box } = await faces.get(0);
 */
export async function openLowResolutionFaces(
  folder: string,
  { kinds }: LowResolutionFacesOptions = {},
): Promise<Dataset<UnlabelledSample>> {
  const pictures = (
    await glob('**/*.{png,jpg,jpeg}', { cwd: folder, absolute: true, caseSensitiveMatch: false })
  ).sort();
  if (pictures.length === 0) throw new DatasetError(`${folder} has no picture: give a folder of PNG or JPEG files.`);
  const index = join(folder, 'index.csv');
  const text = await readFile(index, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  });
  const entries = text === undefined ? pictures.map(wholePicture) : readIndex(text, index, pictures);
  const wanted = entries.filter(({ kind }) => !kinds || !kind || kinds.includes(kind));
  const kept: Entry[] = [];
  // One after the other: an index may name more pictures than a process can have open.
  for (const entry of wanted) if (await liesInPicture(entry)) kept.push(entry);
  if (kept.length === 0) {
    throw new DatasetError(
      `${folder} has no face ${kinds ? `of the kinds ${kinds.join(', ')} ` : ''}inside its picture.`,
    );
  }
  return datasetOf(kept, ({ source }) => source, readSample);
}

async function readSample({ path, box }: Entry): Promise<UnlabelledSample> {
  const image = await readImage(path);
  return { id: basename(path), image, box: box ?? middleOf(image) };
}

async function liesInPicture({ path, box }: Entry): Promise<boolean> {
  const size = box && (await pictureSize(path));
  if (!size) return true;
  const across = Math.min(size.width, box.x + box.width) - Math.max(0, box.x);
  const down = Math.min(size.height, box.y + box.height) - Math.max(0, box.y);
  return Math.max(0, across) * Math.max(0, down) >= LEAST_INSIDE * box.width * box.height;
}

/** Of a JPEG or PNG, from its first bytes; undefined when they do not say. */
async function pictureSize(path: string): Promise<{ width: number; height: number } | undefined> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEADER_BYTES), 0, HEADER_BYTES, 0);
    return readImageHeader(buffer.subarray(0, bytesRead))?.size;
  } finally {
    await file.close();
  }
}

function wholePicture(path: string): Entry {
  return { path, box: undefined, kind: '', source: basename(path) };
}

function middleOf({ width, height }: { width: number; height: number }): Box {
  const side = Math.min(width, height) / CROP_MARGIN;
  return { x: (width - side) / 2, y: (height - side) / 2, width: side, height: side };
}

function readIndex(text: string, source: string, pictures: readonly string[]): Entry[] {
  const byName = new Map<string, string[]>();
  for (const path of pictures) byName.set(basename(path), [...(byName.get(basename(path)) ?? []), path]);
  const [header, ...rows] = parseCsv(text, source);
  const missing = COLUMNS.find((column) => !header?.fields.includes(column));
  if (!header || missing) throw new DatasetError(`${source} has no column "${missing ?? COLUMNS[0]}".`);
  return rows.map(({ line, fields }) => {
    const cell = (column: string) => fields[header.fields.indexOf(column)] ?? '';
    const [x, y, width, height] = COLUMNS.slice(1).map((column) => (cell(column).trim() ? Number(cell(column)) : NaN));
    const box = { x: x!, y: y!, width: width!, height: height! };
    if (!Object.values(box).every(Number.isFinite) || box.width <= 0 || box.height <= 0) {
      throw new DatasetError(`${source}, line ${line}: a box needs four numbers, of which the last two are positive.`);
    }
    const file = cell('file');
    const named = byName.get(basename(file)) ?? [];
    if (named.length === 0) throw new DatasetError(`${source}, line ${line}: there is no picture "${file}".`);
    // A name alone will do when there is but one picture of that name.
    const path =
      named.length === 1 ? named[0] : named.find((candidate) => resolve(candidate) === resolve(dirname(source), file));
    if (!path) {
      throw new DatasetError(
        `${source}, line ${line}: ${named.length} pictures are called "${file}"; give the path from the index.`,
      );
    }
    return { path, box, kind: cell('kind'), source: cell('source') || basename(path) };
  });
}

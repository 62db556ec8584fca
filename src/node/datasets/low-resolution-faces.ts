import { open, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type Dataset, datasetOf } from '../../datasets/dataset.js';
import type { UnlabelledSample } from '../../datasets/samples.js';
import { DatasetError } from '../../errors.js';
import { assertColumns, boxIn, parseCsvTable } from '../../formats/csv-table.js';
import { decodeText } from '../../formats/decode-text.js';
import type { Box } from '../../geometry/box.js';
import { groupBy } from '../../group-by.js';
import { readImageHeader } from '../images/image-header.js';
import { readImage } from '../images/read-image.js';
import { filesIn, nameKey } from './files.js';

/** A picture without a box is taken for a crop, this many times as wide as its face. */
const CROP_MARGIN = 1.2;
/** Share of a box that must lie in its picture. */
const LEAST_INSIDE = 0.75;
/** Enough of a file to find its size in, except after a long EXIF block. */
const HEADER_BYTES = 1 << 16;

interface Entry {
  path: string;
  /** Undefined when the picture is a crop of the face. */
  box: Box | undefined;
  kind: string;
  source: string;
}

/** Which faces {@link openLowResolutionFaces} takes. */
export interface LowResolutionFacesOptions {
  /** Kinds of the index to keep; all by default. Faces without a kind are always kept. */
  kinds?: readonly string[];
}

/**
 * Opens a folder of real low-resolution faces. With an `index.csv` of the columns `file, x, y, width, height` and,
 * optionally, `kind` and `source`, each row is a face in a picture, anywhere below the folder; without it each picture
 * is the crop of a face. Rows whose box lies mostly outside the picture are left out. A sample's group is the
 * photograph it was cut from (`source`), or else its file. Pictures are read when asked for.
 *
 * @throws DatasetError when there is no picture, or a row of the index is malformed or its picture missing.
 * @example
 * const faces = await openLowResolutionFaces('lowres', { kinds: ['unmasked'] });
 * const { image, box } = await faces.get(0);
 */
export async function openLowResolutionFaces(
  folder: string,
  { kinds }: LowResolutionFacesOptions = {},
): Promise<Dataset<UnlabelledSample>> {
  const pictures = await filesIn(folder, ['png', 'jpg', 'jpeg']);
  if (pictures.length === 0) throw new DatasetError(`${folder} has no picture: give a folder of PNG or JPEG files.`);
  const index = join(folder, 'index.csv');
  const bytes = await readFile(index).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  });
  const entries = bytes ? readIndex(decodeText(bytes, index), index, pictures) : pictures.map(wholePicture);
  const wanted = entries.filter(({ kind }) => !kinds || !kind || kinds.includes(kind));
  const kept: Entry[] = [];
  // One after the other: an index may name more pictures than a process can have open.
  for (const entry of wanted) if (await liesInPicture(entry)) kept.push(entry);
  const of = kinds ? `of the kinds ${kinds.join(', ')} ` : '';
  if (kept.length === 0) throw new DatasetError(`${folder} has no face ${of}inside its picture.`);
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
  const byName = groupBy(pictures, (path) => nameKey(basename(path)));
  const table = parseCsvTable(text, source);
  assertColumns(table, ['file', 'x', 'y', 'width', 'height']);
  return table.records.map((record) => {
    const { where, cells } = record;
    const { file = '', kind = '' } = cells;
    const box = boxIn(record);
    const named = byName.get(basename(nameKey(file))) ?? [];
    if (named.length === 0) throw new DatasetError(`${where}: there is no picture "${file}".`);
    // The name is enough when only one picture has it.
    const place = nameKey(resolve(dirname(source), nameKey(file)));
    const path = named.length === 1 ? named[0] : named.find((one) => nameKey(resolve(one)) === place);
    if (path) return { path, box, kind, source: cells.source || basename(path) };
    throw new DatasetError(`${where}: ${named.length} pictures are called "${file}"; give the path from the index.`);
  });
}

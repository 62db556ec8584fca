import { DatasetError } from '../errors.js';
import type { Box } from '../geometry/box.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import { readImage } from '../node/images/read-image.js';
import { ReadAhead } from '../workers/read-ahead.js';

/** An image file that was read, with its faces' boxes. */
export interface ImageFile {
  file: string;
  image: RgbImage;
  boxes: readonly Box[];
}

/** An image file with which something is wrong. */
export interface FailedFile {
  file: string;
  error: unknown;
}

/** What is read, and how much of it at once. */
export interface ReadGroupsOptions {
  files: readonly string[];
  /** The boxes of each file, undefined for a file that is not named; without it a whole image is one face. */
  boxes?: { source: string; ofFiles: readonly (Box[] | undefined)[] } | undefined;
  maxPixels: number;
  /** A group is complete with this many faces. */
  facesPerGroup: number;
  signal: AbortSignal;
}

/** Or when its images have this many pixels, which are 48 MB. */
const PIXELS_PER_GROUP = 16e6;

/**
 * Reads files in groups that are large enough to share among threads and small enough for any memory, each while the caller works on the
 * one before. Stops when the signal aborts.
 */
export async function* readGroups(options: ReadGroupsOptions): AsyncGenerator<(ImageFile | FailedFile)[]> {
  const groups = new ReadAhead(groupFiles(options));
  try {
    for (let group = await groups.take(); group; group = await groups.take()) {
      groups.prepare();
      yield group;
    }
  } finally {
    await groups.settle();
  }
}

async function* groupFiles(options: ReadGroupsOptions): AsyncGenerator<(ImageFile | FailedFile)[]> {
  let group: (ImageFile | FailedFile)[] = [];
  let [faces, pixels] = [0, 0];
  for (const index of options.files.keys()) {
    if (options.signal.aborted) return;
    const one = await readFile(index, options);
    group.push(one);
    if ('image' in one) {
      faces += one.boxes.length;
      pixels += one.image.width * one.image.height;
    }
    if (faces < options.facesPerGroup && pixels < PIXELS_PER_GROUP) continue;
    yield group;
    group = [];
    [faces, pixels] = [0, 0];
  }
  if (group.length > 0) yield group;
}

async function readFile(
  index: number,
  { files, boxes, maxPixels }: ReadGroupsOptions,
): Promise<ImageFile | FailedFile> {
  const file = files[index]!;
  try {
    const ofFile = boxes?.ofFiles[index];
    if (boxes && !ofFile) throw new DatasetError(`${boxes.source} has no boxes for ${file}.`);
    const image = await readImage(file, { maxPixels });
    return { file, image, boxes: ofFile ?? [{ x: 0, y: 0, width: image.width, height: image.height }] };
  } catch (error) {
    return { file, error };
  }
}

import type { LandmarkDetection } from '../detect/types.js';
import { DatasetError, isLowResLandmarksError } from '../errors.js';
import type { Box } from '../geometry/box.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import type { SchemeName } from '../landmarks/schemes.js';
import { readImage } from '../node/images/read-image.js';
import { ReadAhead } from '../workers/read-ahead.js';
import type { FileResult } from './file-results.js';

/** The part of a landmark detector that the command uses. */
export interface FaceDetector {
  detectBatch(
    images: readonly { image: RgbImage; boxes: readonly Box[] }[],
    options: DetectGroupOptions,
  ): Promise<LandmarkDetection[][]>;
  dispose(): void;
}

export interface DetectGroupOptions {
  points: SchemeName;
  signal: AbortSignal;
}

/** What is read, and how much of it at once. */
export interface ReadGroupsOptions {
  files: readonly string[];
  /** The boxes of each file, undefined for a file that is not listed; without `boxes` a whole image is one face. */
  boxes?: { source: string; ofFiles: readonly (Box[] | undefined)[] } | undefined;
  maxPixels: number;
  /** A group is complete with this many faces. */
  facesPerGroup: number;
  signal: AbortSignal;
}

/** An image file that was read, with its faces' boxes. */
interface ImageFile {
  file: string;
  image: RgbImage;
  boxes: readonly Box[];
}

/** An image file that could not be read. */
interface FailedFile {
  file: string;
  error: unknown;
}

type ImageGroup = readonly (ImageFile | FailedFile)[];

/** Also complete with this many pixels: 48 MB. */
const PIXELS_PER_GROUP = 16e6;

/**
 * Reads files in groups, large enough to share among threads and small enough for any memory, one group ahead of the
 * caller. Stops when the signal aborts.
 */
export async function* readGroups(options: ReadGroupsOptions): AsyncGenerator<ImageGroup> {
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

async function* groupFiles(options: ReadGroupsOptions): AsyncGenerator<ImageGroup> {
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

/**
 * Detects in the images of a group together. An error with one file becomes part of its result.
 *
 * @returns The result of each file, with its image unless it failed.
 * @throws The signal's reason when it aborts.
 */
export async function detectGroup(
  detector: FaceDetector,
  group: ImageGroup,
  options: DetectGroupOptions,
): Promise<{ result: FileResult; image?: RgbImage }[]> {
  const images = group.filter((one) => 'image' in one);
  const results = new Map<string, FileResult>();
  for (const one of group) if ('error' in one) results.set(one.file, failure(one.file, one.error));
  for (const result of await detectTogether(detector, images, options)) results.set(result.file, result);
  return group.map((one) => ({
    result: results.get(one.file)!,
    ...('image' in one && !results.get(one.file)!.error && { image: one.image }),
  }));
}

/** When images fail together, because of a box outside one of them for example, each is tried alone. */
async function detectTogether(
  detector: FaceDetector,
  images: readonly ImageFile[],
  options: DetectGroupOptions,
): Promise<FileResult[]> {
  const withFaces = images.filter(({ boxes }) => boxes.length > 0);
  if (withFaces.length === 0) return images.map(({ file }) => ({ file, faces: [] }));
  try {
    const faces = await detector.detectBatch(withFaces, options);
    return images.map((one) => ({ file: one.file, faces: faces[withFaces.indexOf(one)] ?? [] }));
  } catch (error) {
    options.signal.throwIfAborted();
    if (images.length === 1) return [failure(images[0]!.file, error)];
    const results: FileResult[] = [];
    for (const one of images) results.push(...(await detectTogether(detector, [one], options)));
    return results;
  }
}

function failure(file: string, error: unknown): FileResult {
  const message = error instanceof Error ? error.message : String(error);
  const code = isLowResLandmarksError(error) ? error.code : 'UNEXPECTED';
  return { file, faces: [], error: { code, message } };
}

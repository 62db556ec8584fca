import type { LandmarkDetection } from '../detect/types.js';
import { isLowResLandmarksError } from '../errors.js';
import type { Box } from '../geometry/box.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import type { SchemeName } from '../landmarks/schemes.js';
import type { FileResult } from './file-results.js';
import type { FailedFile, ImageFile } from './read-groups.js';

/** The part of a landmark detector that the command uses; tests give a fake one. */
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

/** What became of a file, and its image where it has one. */
export interface DetectedFile {
  result: FileResult;
  image?: RgbImage;
}

/**
 * Finds the landmarks in the images of a group together. What goes wrong with one file becomes part of its result.
 *
 * @throws The signal's reason when it aborts.
 */
export async function detectGroup(
  detector: FaceDetector,
  group: readonly (ImageFile | FailedFile)[],
  options: DetectGroupOptions,
): Promise<DetectedFile[]> {
  const images = group.filter((one) => 'image' in one);
  const results = new Map<string, FileResult>();
  for (const one of group) if ('error' in one) results.set(one.file, failure(one.file, one.error));
  for (const result of await detectTogether(detector, images, options)) results.set(result.file, result);
  return group.map((one) => ({
    result: results.get(one.file)!,
    ...('image' in one && !results.get(one.file)!.error && { image: one.image }),
  }));
}

/** When images fail together, because of a box outside one of them say, each is tried by itself. */
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

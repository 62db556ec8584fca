import type { LandmarkDetection } from '../detect/types.js';
import { DatasetError, isLowResLandmarksError } from '../errors.js';
import type { Box } from '../geometry/box.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import type { SchemeName } from '../landmarks/schemes.js';
import { readImage } from '../node/read-image.js';
import type { FileResult } from './file-result.js';

/** The part of a landmark detector that the command uses; tests give a fake one. */
export interface FaceDetector {
  detect(
    image: RgbImage,
    options: { boxes: Box[]; points: SchemeName; signal: AbortSignal },
  ): Promise<LandmarkDetection[]>;
  dispose(): void;
}

export interface DetectFileOptions {
  points: SchemeName;
  maxPixels: number;
  signal: AbortSignal;
  /** Without it the whole image is one face; `undefined` boxes are those of a file that the boxes file does not name. */
  boxes?: { source: string; ofFile: Box[] | undefined };
}

/** Reads one image file and finds the landmarks in it. What goes wrong with it becomes part of the result. */
export async function detectFile(
  detector: FaceDetector,
  file: string,
  { points, maxPixels, signal, boxes }: DetectFileOptions,
): Promise<{ result: FileResult; image?: RgbImage }> {
  try {
    if (boxes && !boxes.ofFile) throw new DatasetError(`${boxes.source} has no boxes for ${file}.`);
    const image = await readImage(file, { maxPixels });
    const whole = { x: 0, y: 0, width: image.width, height: image.height };
    const faceBoxes = boxes?.ofFile ?? [whole];
    const faces = faceBoxes.length > 0 ? await detector.detect(image, { boxes: faceBoxes, points, signal }) : [];
    return { result: { file, faces }, image };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const code = isLowResLandmarksError(error) ? error.code : 'UNEXPECTED';
    return { result: { file, faces: [], error: { code, message } } };
  }
}

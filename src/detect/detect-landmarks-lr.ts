import { BackendUnavailableError } from '../errors.js';
import { type Box, copyBoxes } from '../geometry/box.js';
import { type ImageInput, toRgbImage } from '../images/image-input.js';
import { createLandmarkDetector } from './create-landmark-detector.js';
import type { DetectOptions, LandmarkDetector } from './landmark-detector.js';
import type { LandmarkDetection } from './types.js';

/** Options of {@link detectLandmarksLR}. */
export interface DetectLandmarksOptions extends DetectOptions {
  /** By default one with the weights in this package, loaded at the first call and kept. */
  detector?: LandmarkDetector | undefined;
}

/** The default detector. */
let shared: LandmarkDetector | undefined;
let making: Promise<LandmarkDetector> | undefined;

/** The next call tries again if this fails. */
function makeShared(): Promise<LandmarkDetector> {
  making ??= createLandmarkDetector()
    .then((detector) => {
      shared = detector;
      return detector;
    })
    .finally(() => {
      making = undefined;
    });
  return making;
}

/**
 * Finds the landmarks of low-resolution faces, 12-40 pixels wide, in any image: pixels, a canvas, a bitmap, an element,
 * a tensor. Larger faces are shrunk.
 *
 * `boxes` are the faces' boxes in the image's pixels, one or an array; tight or loose, with the face about in the
 * middle. Without boxes the image is a crop of one face.
 *
 * @returns One detection, or an array for an array of boxes. Points are in the image's pixels, centres at integers. A
 *   point's `score` is the height of its heatmap's peak, 1 when certain; a face's is their mean. The README shows how
 *   error falls as the score rises.
 * @throws InvalidImageError, ImageTooLargeError, InvalidBoxError, InvalidArgumentError, BackendUnavailableError.
 * @example
 * const face = await detectLandmarksLR(canvas, { boxes: { x: 40, y: 22, width: 19, height: 21 }, points: 5 });
 * for (const { name, x, y, score } of face.points) console.log(name, x, y, score);
 */
export function detectLandmarksLR(
  image: ImageInput,
  options: DetectLandmarksOptions & { boxes: readonly Box[] },
): Promise<LandmarkDetection[]>;
export function detectLandmarksLR(
  image: ImageInput,
  options?: DetectLandmarksOptions & { boxes?: Box | undefined },
): Promise<LandmarkDetection>;
export function detectLandmarksLR(
  image: ImageInput,
  options?: DetectLandmarksOptions & { boxes?: Box | readonly Box[] | undefined },
): Promise<LandmarkDetection | LandmarkDetection[]>;
export async function detectLandmarksLR(
  image: ImageInput,
  { detector, ...options }: DetectLandmarksOptions & { boxes?: Box | readonly Box[] | undefined } = {},
): Promise<LandmarkDetection | LandmarkDetection[]> {
  if (detector) return detector.detect(image, options);
  if (shared) return detectShared(shared, image, options);
  // Copied now, because the caller may change them while the detector loads.
  const [boxes, pixels] = [copyBoxes(options.boxes), toRgbImage(image)];
  const [taken, made] = await Promise.all([pixels, makeShared()]);
  return detectShared(made, taken, { ...options, boxes });
}

async function detectShared(
  detector: LandmarkDetector,
  image: ImageInput,
  options: DetectOptions & { boxes?: Box | readonly Box[] | undefined },
): Promise<LandmarkDetection | LandmarkDetection[]> {
  try {
    return await detector.detect(image, options);
  } catch (error) {
    if (error instanceof BackendUnavailableError) {
      // By `removeBackend` or a lost GPU: the next call makes another.
      if (shared === detector) shared = undefined;
      detector.dispose();
    }
    throw error;
  }
}

import { BackendUnavailableError } from '../errors.js';
import { type Box, copyBoxes } from '../geometry/box.js';
import { type ImageInput, toRgbImage } from '../images/image-input.js';
import { createLandmarkDetector } from './create-landmark-detector.js';
import type { DetectOptions, LandmarkDetector } from './landmark-detector.js';
import type { LandmarkDetection } from './types.js';

/** Options of {@link detectLandmarksLR}. */
export interface DetectLandmarksOptions extends DetectOptions {
  /** The detector to use. By default one with the weights of this package, loaded at the first call and kept. */
  detector?: LandmarkDetector | undefined;
}

/** The detector of all calls that bring none, once it is there. */
let shared: LandmarkDetector | undefined;
let making: Promise<LandmarkDetector> | undefined;

/** A failed attempt to make it is not kept. */
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

/** Its backend may be gone, by `removeBackend` or a lost GPU: the next call makes another. */
function forgetShared(detector: LandmarkDetector): void {
  if (shared === detector) shared = undefined;
  detector.dispose();
}

/**
 * Finds the landmarks of low-resolution faces, 12-40 pixels wide, in any image: pixels, a canvas, a bitmap, an element,
 * a tensor.
 *
 * `boxes` says where the faces are, in the image's pixels: one box or an array. Without it the image is taken as a crop
 * of one face. Boxes may be tight or loose, as long as the face is about in the middle. Faces may be larger; they are
 * shrunk.
 *
 * @returns One detection for one face, an array for an array of boxes. Points are in the image's pixels, centres at
 *   integers. A point's `score` is the height of its heatmap's peak: 1 is certain, and the more places a point may be
 *   in, the lower the score. A face's `score` is the mean. The README shows how error falls as score rises.
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
  // What is given counts as it is now, however long the detector takes to be made.
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
    if (error instanceof BackendUnavailableError) forgetShared(detector);
    throw error;
  }
}

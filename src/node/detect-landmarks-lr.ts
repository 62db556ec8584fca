import { type DetectLandmarksOptions, detectLandmarksLR as detectInImage } from '../detect/detect-landmarks-lr.js';
import type { LandmarkDetection } from '../detect/types.js';
import { type Box, copyBoxes } from '../geometry/box.js';
import type { ImageInput } from '../images/image-input.js';
import { readImage } from './images/read-image.js';

/** In Node an image may also be a file's path, its `file:` URL, or the bytes of an image file. */
export type NodeImageInput = ImageInput | string | URL | Uint8Array;

/**
 * `detectLandmarksLR` of the main entry, also for image files: a path, a `file:` URL or a Buffer.
 *
 * @throws What the main entry's throws, and ImageDecodeError for a file that is not an intact image.
 * @example
 * const face = await detectLandmarksLR('face.jpg', { points: 5 });
 */
export function detectLandmarksLR(
  image: NodeImageInput,
  options: DetectLandmarksOptions & { boxes: readonly Box[] },
): Promise<LandmarkDetection[]>;
export function detectLandmarksLR(
  image: NodeImageInput,
  options?: DetectLandmarksOptions & { boxes?: Box | undefined },
): Promise<LandmarkDetection>;
export function detectLandmarksLR(
  image: NodeImageInput,
  options?: DetectLandmarksOptions & { boxes?: Box | readonly Box[] | undefined },
): Promise<LandmarkDetection | LandmarkDetection[]>;
export async function detectLandmarksLR(
  image: NodeImageInput,
  options: DetectLandmarksOptions & { boxes?: Box | readonly Box[] | undefined } = {},
): Promise<LandmarkDetection | LandmarkDetection[]> {
  const isFile = typeof image === 'string' || image instanceof URL || image instanceof Uint8Array;
  if (!isFile) return detectInImage(image, options);
  // The caller may change its buffer and boxes while the file is read.
  const source = image instanceof Uint8Array ? Uint8Array.from(image) : image;
  const boxes = copyBoxes(options.boxes);
  return detectInImage(await readImage(source), { ...options, boxes });
}

import { InvalidArgumentError } from '../errors.js';
import { type Affine, composeAffine, invertAffine } from '../geometry/affine.js';
import { type Interpolation, interpolationKernel } from '../geometry/interpolation.js';
import type { Point } from '../geometry/point.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import { type ImageInput, toRgbImage } from '../images/image-input.js';
import { assertTransform, type FaceTransform, placeFace } from './place-face.js';
import { regionShown } from './region-shown.js';
import { warpFace } from './warp-face.js';

/**
 * Section 4.3: a small face is aligned at its low resolution and then enlarged (`align-first`, settings I1-I3), or
 * enlarged and then aligned (`enlarge-first`, the baseline).
 */
export type AlignmentOrder = 'align-first' | 'enlarge-first';

/** Options of {@link alignFace}. */
export interface AlignFaceOptions {
  /** `'affine'` by default, as in the paper. */
  transform?: FaceTransform | undefined;
  /** `'align-first'` by default. */
  order?: AlignmentOrder | undefined;
  /**
   * Side in pixels at which `align-first` aligns before it enlarges: 32 by default, the paper's low resolution. If not
   * less than the output's, the image is resampled once, directly.
   */
  lowResolution?: number | undefined;
  /** Side in pixels to which `enlarge-first` enlarges the face's part of the image: 128 by default, the paper's. */
  enlargedSize?: number | undefined;
  /** `'bilinear'` by default, as in the paper. */
  interpolation?: Interpolation | undefined;
}

/** A face of an image. */
export interface FaceToAlign {
  /** Converted once, if it is the same for several faces. */
  image: ImageInput;
  /** Five points in the image's pixels: see {@link alignFace}. */
  points: readonly Point[];
}

/**
 * A face with its points at those of {@link faceTemplate}, as networks for recognition take it. The image's border is
 * repeated outside of it; a face that shrinks is averaged, so that nothing aliases.
 *
 * @param points Eye, eye, nose tip, mouth corner, mouth corner, in image order, in the image's pixels (centres at
 *   integers); NaN where not visible. `affine` needs three visible ones not on a line, `similarity` two.
 * @param size Side of the aligned face in pixels: 112 for networks trained on ArcFace's alignment, 32 for `LightCNN29`.
 * @returns `size` x `size` pixels, floats in 0-255.
 * @throws InvalidArgumentError unless there are five points, enough of them visible, finite, not on a line, not
 *   mirrored, inside the image and more than 4 pixels apart; and for options out of range.
 * @throws InvalidImageError, ImageTooLargeError as a detector does.
 * @example
 * ```ts
 * const { points } = await detectLandmarksLR(image, { points: 5 });
 * const aligned = await alignFace(image, points, 112);
 * ```
 */
export async function alignFace(
  image: ImageInput,
  points: readonly Point[],
  size: number,
  options: AlignFaceOptions = {},
): Promise<RgbImage> {
  const [aligned] = await alignFaces([{ image, points }], size, options);
  return aligned!;
}

/**
 * {@link alignFace} for many faces, each with the same result as alone.
 *
 * @throws What `alignFace` throws, before any face is aligned; with several faces the message has the face's index.
 * @example
 * ```ts
 * const detections = await detectLandmarksLR(image, { boxes, points: 5 });
 * const aligned = await alignFaces(detections.map(({ points }) => ({ image, points })), 112);
 * ```
 */
export async function alignFaces(
  faces: readonly FaceToAlign[],
  size: number,
  options: AlignFaceOptions = {},
): Promise<RgbImage[]> {
  const { transform = 'affine', order = 'align-first', interpolation = 'bilinear' } = options;
  const { lowResolution = 32, enlargedSize = 128 } = options;
  assertTransform(transform);
  interpolationKernel(interpolation);
  assertSides({ size, lowResolution, enlargedSize });
  if (order !== 'align-first' && order !== 'enlarge-first') {
    throw new InvalidArgumentError(`Unknown order ${JSON.stringify(order)}: use align-first or enlarge-first.`);
  }
  const images = await convertImages(faces);
  const low = Math.min(lowResolution, size);
  const template = order === 'align-first' ? low : size;
  const maps = faces.map(({ points }, index) => {
    try {
      return placeFace(images[index]!, points, template, transform);
    } catch (cause) {
      if (faces.length === 1 || !(cause instanceof InvalidArgumentError)) throw cause;
      throw new InvalidArgumentError(`Face ${index}: ${cause.message}`, { cause });
    }
  });
  return maps.map((map, index) => {
    const image = images[index]!;
    if (order === 'align-first') {
      const aligned = warpFace(image, map, low, interpolation);
      return low === size ? aligned : warpFace(aligned, scaling(size / low), size, interpolation);
    }
    const { left, top, side } = regionShown(map, size);
    const enlarge = composeAffine([1, 0, -left, 0, 1, -top], scaling(enlargedSize / side));
    const enlarged = warpFace(image, enlarge, enlargedSize, interpolation);
    return warpFace(enlarged, composeAffine(invertAffine(enlarge), map), size, interpolation);
  });
}

/** Maps an image's pixel centres to those of the image `scale` times as large. */
function scaling(scale: number): Affine {
  return [scale, 0, (scale - 1) / 2, 0, scale, (scale - 1) / 2];
}

async function convertImages(faces: readonly FaceToAlign[]): Promise<RgbImage[]> {
  const converted = new Map<ImageInput, RgbImage>();
  for (const { image } of faces) if (!converted.has(image)) converted.set(image, await toRgbImage(image));
  return faces.map(({ image }) => converted.get(image)!);
}

function assertSides(sides: Record<string, number>): void {
  for (const [name, side] of Object.entries(sides)) {
    if (Number.isInteger(side) && side > 0) continue;
    throw new InvalidArgumentError(`${name} must be a whole, positive number of pixels, not ${side}.`);
  }
}

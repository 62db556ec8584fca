import { InvalidArgumentError } from '../errors.js';
import type { Point } from './point.js';

/** The side of the image that ArcFace's template refers to, in pixels. */
const ARCFACE_SIZE = 112;

/** ArcFace's template (Deng et al., CVPR 2019, and its published code), pixel centres at integers. */
const ARCFACE_POINTS: readonly Point[] = [
  { x: 38.2946, y: 51.6963 },
  { x: 73.5318, y: 51.5014 },
  { x: 56.0252, y: 71.7366 },
  { x: 41.5493, y: 92.3655 },
  { x: 70.7299, y: 92.2041 },
];

/**
 * The five points of an aligned face in an image of `size x size` pixels: left and right eye (in the image), nose tip,
 * left and right mouth corner. These are the "canonical coordinates" of the paper's section 4.3, ArcFace's.
 *
 * At 112 the points are ArcFace's to the digit. Other sizes show the same view, as `cropAndResize` does: `x = (x112 +
 * 0.5) * size / 112 - 0.5`, so a face aligned at 32 and enlarged to 112 has its eyes where one aligned at 112 has them.
 * InsightFace's code multiplies by `size / 112` alone, which at 32 is 0.36 pixels further right and down.
 *
 * @param size Side of the aligned image, in pixels.
 * @throws InvalidArgumentError unless `size` is a positive, finite number.
 * @example
 * const [leftEye] = faceTemplate(112); // { x: 38.2946, y: 51.6963 }
 */
export function faceTemplate(size: number): Point[] {
  if (!(size > 0 && Number.isFinite(size))) {
    throw new InvalidArgumentError(`Cannot align a face to ${size} pixels: give the image's side, such as 112.`);
  }
  if (size === ARCFACE_SIZE) return ARCFACE_POINTS.map((point) => ({ ...point }));
  const scale = size / ARCFACE_SIZE;
  return ARCFACE_POINTS.map(({ x, y }) => ({ x: (x + 0.5) * scale - 0.5, y: (y + 0.5) * scale - 0.5 }));
}

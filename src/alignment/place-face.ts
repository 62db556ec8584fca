import { InvalidArgumentError } from '../errors.js';
import type { Affine } from '../geometry/affine.js';
import { alignAffine } from '../geometry/align-affine.js';
import { alignSimilarity } from '../geometry/align-similarity.js';
import { faceTemplate } from '../geometry/face-template.js';
import type { Point } from '../geometry/point.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import { regionShown } from './region-shown.js';

/**
 * How a face's points are mapped to the template: `affine`, 6 parameters, as in the paper, or `similarity`, 4
 * parameters, which keeps the face's proportions, as in ArcFace's code.
 */
export type FaceTransform = 'affine' | 'similarity';

const aligners = { affine: alignAffine, similarity: alignSimilarity } as const;

/** A smaller face, in pixels, shows nothing; coordinates in 0-1 give about 1. */
const SMALLEST_FACE = 4;

/** A region more times larger than its image is a mistake: points of another image, or in another order. */
const LARGEST_RELATIVE_SIDE = 8;

/** @throws InvalidArgumentError for an unknown transform. */
export function assertTransform(transform: FaceTransform): void {
  if (Object.hasOwn(aligners, transform)) return;
  throw new InvalidArgumentError(
    `Unknown transform ${JSON.stringify(transform)}: use one of ${Object.keys(aligners).join(', ')}.`,
  );
}

/**
 * The map of a face's five points to the template of `size` pixels.
 *
 * @throws InvalidArgumentError for points that cannot be aligned, mirror the face, or show nothing of the image.
 */
export function placeFace(image: RgbImage, points: readonly Point[], size: number, transform: FaceTransform): Affine {
  const template = faceTemplate(size);
  if (points.length !== template.length) {
    throw new InvalidArgumentError(
      `A face is aligned by 5 points: eye, eye, nose tip, mouth corner, mouth corner; got ${points.length}. convertLandmarks(points, 68, 5) makes them of 68, convertLandmarks(points, 19, 5) of 19.`,
    );
  }
  const map = aligners[transform](points, template);
  if (map[0] * map[4] - map[1] * map[3] < 0) {
    throw new InvalidArgumentError(
      "The points would mirror the face: are they in image order, the eye on the image's left first? If they are, and merely inexact, use transform 'similarity', which never mirrors.",
    );
  }
  const { left, top, side } = regionShown(map, size);
  if (side < SMALLEST_FACE) {
    throw new InvalidArgumentError(
      `The points are those of a face ${side.toPrecision(2)} pixels wide, too small to show anything: are they in pixels, and not in 0-1?`,
    );
  }
  if (left >= image.width || top >= image.height || left + side <= 0 || top + side <= 0) {
    throw new InvalidArgumentError(
      `The face at (${Math.round(left + side / 2)}, ${Math.round(top + side / 2)}) lies outside its image of ${image.width} x ${image.height} pixels: are the points in pixels of this image?`,
    );
  }
  if (side > LARGEST_RELATIVE_SIDE * Math.max(image.width, image.height)) {
    throw new InvalidArgumentError(
      `The points would show ${Math.round(side)} x ${Math.round(side)} pixels around an image of ${image.width} x ${image.height}: are they in pixels of this image, and in the order of the 5-point scheme?`,
    );
  }
  return map;
}

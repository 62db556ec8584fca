import { InvalidBoxError } from '../errors.js';
import type { Point } from './point.js';

/**
 * A rectangle of pixels: it covers columns `x .. x + width` and rows `y .. y + height` measured at pixel *edges*, so
 * that a whole image is `{ x: 0, y: 0, width, height }`. Points, in contrast, have pixel *centres* at integers (see
 * {@link Point}).
 */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The smallest box around points; points with a NaN coordinate (not visible) are left out. */
export function boundingBox(points: readonly Point[]): Box {
  let [left, top, right, bottom] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (const { x, y } of points) {
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  if (!(right > left && bottom > top)) {
    throw new InvalidBoxError(
      `A box needs visible points that are not on one line; got ${points.length} points spanning ${right - left} x ${bottom - top}.`,
    );
  }
  return { x: left + 0.5, y: top + 0.5, width: right - left, height: bottom - top };
}

/**
 * Boxes as they are now: a tracker may move its own on.
 *
 * @throws InvalidBoxError for what is no object.
 */
export function copyBoxes<Boxes extends Box | readonly Box[] | undefined>(boxes: Boxes): Boxes {
  if (boxes === undefined) return boxes;
  return (Array.isArray(boxes) ? Array.from(boxes, copyBox) : copyBox(boxes as Box)) as Boxes;
}

function copyBox(given: Box): Box {
  if (typeof given !== 'object' || given === null) {
    throw new InvalidBoxError(`A box must be { x, y, width, height }, got ${JSON.stringify(given)}.`);
  }
  const { x, y, width, height } = given;
  return { x, y, width, height };
}

/** A box that many times larger than its image is a mistake, and resampling it would take memory without end. */
const LARGEST_RELATIVE_SIDE = 8;

/**
 * Throws `InvalidBoxError` unless the box is finite, has an area, touches an image of the given size and is not far
 * larger.
 */
export function assertBox(box: Box, imageWidth: number, imageHeight: number): void {
  const { x, y, width, height } = box;
  const text = `{ x: ${x}, y: ${y}, width: ${width}, height: ${height} }`;
  if (![x, y, width, height].every(Number.isFinite)) {
    throw new InvalidBoxError(`Box ${text} must have four finite numbers.`);
  }
  if (width <= 0 || height <= 0) {
    throw new InvalidBoxError(
      `Box ${text} is empty or inverted: give { x, y, width, height } with positive width and height, not two corners.`,
    );
  }
  if (x >= imageWidth || y >= imageHeight || x + width <= 0 || y + height <= 0) {
    throw new InvalidBoxError(
      `Box ${text} lies outside the image of ${imageWidth} x ${imageHeight} pixels. Are its coordinates in pixels of this image?`,
    );
  }
  if (Math.max(width, height) > LARGEST_RELATIVE_SIDE * Math.max(imageWidth, imageHeight)) {
    throw new InvalidBoxError(
      `Box ${text} is more than ${LARGEST_RELATIVE_SIDE} times larger than the image of ${imageWidth} x ${imageHeight} pixels. Are its coordinates in pixels of this image?`,
    );
  }
}

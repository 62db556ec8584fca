import { InvalidBoxError } from '../errors.js';
import type { Point } from './point.js';

/**
 * A rectangle of pixels: columns `x .. x + width` and rows `y .. y + height`, measured at pixel *edges*, so that a
 * whole image is `{ x: 0, y: 0, width, height }`. Points have pixel *centres* at integers instead (see {@link Point}).
 */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * The smallest box around the visible points (those without NaN).
 *
 * @throws InvalidBoxError when fewer than two points are visible, or all lie on one horizontal or vertical line.
 */
export function boundingBox(points: readonly Point[]): Box {
  let [left, top] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [right, bottom] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { x, y } of points) {
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  if (!(right > left && bottom > top)) {
    const span = `${right - left} x ${bottom - top}`;
    throw new InvalidBoxError(`A box needs visible points off one line; got ${points.length} points spanning ${span}.`);
  }
  return { x: left + 0.5, y: top + 0.5, width: right - left, height: bottom - top };
}

/** Copies of boxes, which a tracker may change meanwhile. Throws InvalidBoxError for what is no object. */
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

/** A box this many times larger than its image is a mistake, and resampling it would exhaust memory. */
const LARGEST_RELATIVE_SIDE = 8;

/** No face has so few pixels, but a box relative to its image (0-1), as MediaPipe's, has. */
const SMALLEST_SIDE = 2;

/** Throws `InvalidBoxError` unless the box is finite, of some pixels, touches the image and is not far larger. */
export function assertBox(box: Box, imageWidth: number, imageHeight: number): void {
  const { x, y, width, height } = box;
  const text = `{ x: ${x}, y: ${y}, width: ${width}, height: ${height} }`;
  const image = `the image of ${imageWidth} x ${imageHeight} pixels. Are its coordinates in pixels of this image?`;
  if (![x, y, width, height].every(Number.isFinite)) {
    throw new InvalidBoxError(`Box ${text} must have four finite numbers.`);
  }
  if (width <= 0 || height <= 0) {
    throw new InvalidBoxError(`Box ${text} is empty or inverted: give a positive width and height, not two corners.`);
  }
  if (x >= imageWidth || y >= imageHeight || x + width <= 0 || y + height <= 0) {
    throw new InvalidBoxError(`Box ${text} lies outside ${image}`);
  }
  if (Math.max(width, height) < SMALLEST_SIDE) {
    throw new InvalidBoxError(
      `Box ${text} is smaller than ${SMALLEST_SIDE} pixels. If it is relative to the image (0-1), multiply x and width by ${imageWidth}, y and height by ${imageHeight}.`,
    );
  }
  if (Math.max(width, height) > LARGEST_RELATIVE_SIDE * Math.max(imageWidth, imageHeight)) {
    throw new InvalidBoxError(`Box ${text} is more than ${LARGEST_RELATIVE_SIDE} times larger than ${image}`);
  }
}

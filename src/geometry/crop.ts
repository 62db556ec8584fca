import { InvalidArgumentError } from '../errors.js';
import type { Box } from './box.js';
import type { Point } from './point.js';
import type { RgbImage } from './rgb-image.js';

/** A square region of an image, in pixel-edge coordinates like a {@link Box}. It may extend beyond the image. */
export interface SquareCrop {
  left: number;
  top: number;
  side: number;
}

/**
 * The square that a network sees of a face box: centred on it, its side `margin` times the box's longer side.
 *
 * @param margin 1.2 by default: room for landmarks outside a tight or misplaced box.
 */
export function cropAround(box: Box, margin = 1.2): SquareCrop {
  const side = margin * Math.max(box.width, box.height);
  return { left: box.x + (box.width - side) / 2, top: box.y + (box.height - side) / 2, side };
}

/**
 * Cuts a square out of an image and resamples it to `size x size` pixels with a triangle filter as wide as an output
 * pixel: bilinear interpolation where it enlarges, averaging without aliasing where it shrinks.
 *
 * @param bounds Where pixels may be read, the whole image by default; beyond it the border pixels are repeated.
 */
export function cropAndResize(image: RgbImage, crop: SquareCrop, size: number, bounds?: Box): RgbImage {
  const region = bounds ?? { x: 0, y: 0, width: image.width, height: image.height };
  const columns = filterTaps(crop.left, crop.side, size, region.x, region.x + region.width, image.width);
  const rows = filterTaps(crop.top, crop.side, size, region.y, region.y + region.height, image.height);
  const between = resampleColumns(image, columns, size, rows.first, rows.last);
  const data = new Float32Array(size * size * 3);
  const rowLength = size * 3;
  for (let y = 0; y < size; y++) {
    for (let tap = 0; tap < rows.count; tap++) {
      const weight = rows.weights[y * rows.count + tap]!;
      if (weight === 0) continue;
      const source = (rows.indices[y * rows.count + tap]! - rows.first) * rowLength;
      for (let i = 0; i < rowLength; i++) data[y * rowLength + i]! += weight * between[source + i]!;
    }
  }
  return { data, width: size, height: size };
}

/** The position of an image point in the crop resampled to `size` pixels. */
export function pointToCrop(point: Point, crop: SquareCrop, size: number): Point {
  const scale = size / crop.side;
  return { x: (point.x + 0.5 - crop.left) * scale - 0.5, y: (point.y + 0.5 - crop.top) * scale - 0.5 };
}

/** The position in the image of a point of the crop resampled to `size` pixels: the inverse of {@link pointToCrop}. */
export function pointFromCrop(point: Point, crop: SquareCrop, size: number): Point {
  const scale = crop.side / size;
  return { x: (point.x + 0.5) * scale + crop.left - 0.5, y: (point.y + 0.5) * scale + crop.top - 0.5 };
}

interface FilterTaps {
  /** Taps per output pixel. */
  count: number;
  /** Source pixel and weight of tap `t` of output pixel `o`, at `o * count + t`. */
  indices: Int32Array;
  weights: Float32Array;
  /** The lowest and highest source pixel used. */
  first: number;
  last: number;
}

function filterTaps(start: number, length: number, size: number, low: number, high: number, limit: number): FilterTaps {
  if (!(length > 0) || !(size > 0)) {
    throw new InvalidArgumentError(`A crop of side ${length} cannot be resampled to ${size} pixels: both must be > 0.`);
  }
  const scale = length / size;
  const radius = Math.max(1, scale);
  const count = Math.ceil(2 * radius) + 1;
  const indices = new Int32Array(size * count);
  const weights = new Float32Array(size * count);
  const lowest = Math.min(limit - 1, Math.max(0, Math.floor(low)));
  const highest = Math.max(lowest, Math.min(limit, Math.ceil(high)) - 1);
  let first = highest;
  let last = lowest;
  for (let output = 0; output < size; output++) {
    const centre = start + (output + 0.5) * scale - 0.5;
    const from = Math.ceil(centre - radius);
    let total = 0;
    for (let tap = 0; tap < count; tap++) {
      const weight = Math.max(0, 1 - Math.abs(from + tap - centre) / radius);
      const index = Math.min(highest, Math.max(lowest, from + tap));
      indices[output * count + tap] = index;
      weights[output * count + tap] = weight;
      total += weight;
      first = Math.min(first, index);
      last = Math.max(last, index);
    }
    for (let tap = 0; tap < count; tap++) weights[output * count + tap]! /= total;
  }
  return { count, indices, weights, first, last };
}

/** The horizontal pass, for source rows `firstRow .. lastRow` only. */
function resampleColumns(
  image: RgbImage,
  taps: FilterTaps,
  size: number,
  firstRow: number,
  lastRow: number,
): Float32Array {
  const out = new Float32Array((lastRow - firstRow + 1) * size * 3);
  for (let row = firstRow; row <= lastRow; row++) {
    const source = row * image.width * 3;
    for (let x = 0; x < size; x++) {
      const target = ((row - firstRow) * size + x) * 3;
      let [red, green, blue] = [0, 0, 0];
      for (let tap = 0; tap < taps.count; tap++) {
        const weight = taps.weights[x * taps.count + tap]!;
        const pixel = source + taps.indices[x * taps.count + tap]! * 3;
        red += weight * image.data[pixel]!;
        green += weight * image.data[pixel + 1]!;
        blue += weight * image.data[pixel + 2]!;
      }
      out[target] = red;
      out[target + 1] = green;
      out[target + 2] = blue;
    }
  }
  return out;
}

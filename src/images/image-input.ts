import type { Tensor3D } from '@tensorflow/tfjs-core';
import { ImageTooLargeError, InvalidArgumentError, InvalidImageError } from '../errors.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import { type DrawableImage, drawablePixels, isDrawable } from './canvas-pixels.js';
import { floatPixels, interleavedRgb } from './pixel-values.js';
import { isTensor, tensorPixels } from './tensor-pixels.js';

/** Images of more pixels than this are refused unless the caller raises the limit: 64 megapixels. */
export const DEFAULT_MAX_PIXELS = 64_000_000;

/**
 * Pixels as an array, row by row and interleaved: RGBA, RGB or grey by the array's length; 0-255, also in a
 * `Float32Array`. An `ImageData` is one of these.
 */
export interface PixelArray {
  data: Uint8Array | Uint8ClampedArray | Float32Array;
  width: number;
  height: number;
}

/** What detection and alignment accept as an image, in browsers, workers and Node. */
export type ImageInput = PixelArray | DrawableImage | Tensor3D;

/**
 * Any image as interleaved RGB, values 0-255. The result is a copy: the caller may reuse its buffer.
 *
 * Alpha is dropped, not composited: `ImageData` is not premultiplied, so colours are right as they are, and there is no
 * background to composite with.
 *
 * A tensor is `[height, width, 1 | 3 | 4]`, `int32` or `float32`, 0-255; the caller disposes it.
 *
 * @param limits.maxPixels Largest width x height accepted; {@link DEFAULT_MAX_PIXELS} by default.
 * @throws InvalidImageError for another type, an empty image, a wrong data length, values outside 0-255, or an element
 *   that has not loaded or is cross-origin without CORS.
 * @throws ImageTooLargeError over `maxPixels`.
 * @example
 * ```ts
 * const image = await toRgbImage(context.getImageData(0, 0, 24, 24));
 * ```
 */
export async function toRgbImage(input: ImageInput, limits: { maxPixels?: number } = {}): Promise<RgbImage> {
  const assertSize = (width: number, height: number) =>
    assertImageSize(width, height, limits.maxPixels ?? DEFAULT_MAX_PIXELS);
  if (isTensor(input)) return tensorPixels(input, assertSize);
  if (isDrawable(input)) return fromPixelArray(drawablePixels(input, assertSize), assertSize);
  if (isPixelArray(input)) return fromPixelArray(input, assertSize);
  throw new InvalidImageError(
    `${describe(input)} is not an image. Give an ImageData, { data, width, height }, a canvas, an ImageBitmap, an img or video ` +
      `element or a tensor.${remedy(input)}`,
  );
}

/**
 * Throws unless an image has whole, positive sides and at most `maxPixels` pixels.
 *
 * @throws InvalidImageError, ImageTooLargeError, and InvalidArgumentError for a limit that is not a positive number.
 */
export function assertImageSize(width: number, height: number, maxPixels: number): void {
  if (!(maxPixels > 0)) {
    throw new InvalidArgumentError(`maxPixels must be a positive number (Infinity for no limit), not ${maxPixels}.`);
  }
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0)) {
    throw new InvalidImageError(`An image of ${width} x ${height} pixels is empty: give whole, positive sides.`);
  }
  if (width * height > maxPixels) {
    const found = `An image of ${width} x ${height} pixels exceeds the limit of ${maxPixels}.`;
    throw new ImageTooLargeError(`${found} Shrink it, or raise maxPixels if you trust it.`);
  }
}

function fromPixelArray({ data, width, height }: PixelArray, assertSize: (w: number, h: number) => void): RgbImage {
  assertSize(width, height);
  const kind = tag(data);
  if (kind !== 'Uint8Array' && kind !== 'Uint8ClampedArray' && kind !== 'Float32Array') {
    throw new InvalidImageError(
      `Image data must be a Uint8Array, Uint8ClampedArray or Float32Array of 0-255, not ${describe(data)}.` +
        (Array.isArray(data) ? ' Wrap it: Uint8ClampedArray.from(data).' : ''),
    );
  }
  const channels = data.length / (width * height);
  if (channels !== 1 && channels !== 3 && channels !== 4) {
    throw new InvalidImageError(
      `${data.length} values do not fill ${width} x ${height} pixels: expected ${width * height * 3} (RGB), ` +
        `${width * height * 4} (RGBA) or ${width * height} (grey).`,
    );
  }
  const values = kind === 'Float32Array' ? floatPixels(data as Float32Array) : data;
  return { data: interleavedRgb(values, channels), width, height };
}

function isPixelArray(input: unknown): input is PixelArray {
  return typeof input === 'object' && input !== null && 'data' in input && 'width' in input && 'height' in input;
}

/** The remedy for a common mistake. */
function remedy(input: unknown): string {
  switch (tag(input)) {
    case 'String':
    case 'URL':
    case 'Uint8Array':
      return " In Node, the detectors of 'lowres-landmarks/node' also take a path, URL or the bytes of an image file.";
    case 'Blob':
    case 'File':
      return ' Decode it first: await createImageBitmap(blob).';
    case 'Promise':
      return ' Await it first.';
    default:
      return '';
  }
}

/** A value's type, by its tag: `instanceof` fails for values of other realms (iframes, workers, vm). */
function tag(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

function describe(value: unknown): string {
  if (typeof value === 'string') return `The string ${JSON.stringify(value.slice(0, 60))}`;
  if (value === null || value === undefined || typeof value === 'number') return String(value);
  return `a value of type ${tag(value)}`;
}

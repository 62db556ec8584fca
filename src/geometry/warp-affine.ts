import { InvalidImageError } from '../errors.js';
import { type Affine, invertAffine } from './affine.js';
import { clampIndex, type Interpolation, interpolationKernel } from './interpolation.js';
import type { RgbImage } from './rgb-image.js';

/**
 * Resamples an image to `size x size` so that source point `p` moves to `applyAffine(map, p)`; the border is repeated.
 * It needs no backend; `warpImage` does the same to batches of tensors. A map that shrinks by more than 2 aliases: use
 * `cropAndResize`.
 *
 * @param interpolation `'bilinear'` by default; `'bicubic'` values may overshoot 0-255, and are not clipped.
 * @throws InvalidArgumentError for a map without inverse, or an unknown interpolation; InvalidImageError for an image
 *   below 2 x 2 pixels.
 */
export function warpAffine(
  image: RgbImage,
  map: Affine,
  size: number,
  interpolation: Interpolation = 'bilinear',
): RgbImage {
  const inverse = invertAffine(map);
  const { width, height } = image;
  interpolationKernel(interpolation);
  if (width < 2 || height < 2) {
    throw new InvalidImageError(`An image of ${width} x ${height} pixels cannot be warped: it needs at least 2 x 2.`);
  }
  return interpolation === 'bicubic' ? warpBicubic(image, inverse, size) : warpBilinear(image, inverse, size);
}

/** @param inverse The map from output pixels to source pixels. */
function warpBilinear({ data: source, width, height }: RgbImage, [a, b, c, d, e, f]: Affine, size: number): RgbImage {
  const data = new Float32Array(size * size * 3);
  for (let y = 0, out = 0; y < size; y++) {
    for (let x = 0; x < size; x++, out += 3) {
      const sourceX = Math.min(width - 1, Math.max(0, a * x + b * y + c));
      const sourceY = Math.min(height - 1, Math.max(0, d * x + e * y + f));
      const column = Math.min(width - 2, Math.floor(sourceX));
      const row = Math.min(height - 2, Math.floor(sourceY));
      const right = sourceX - column;
      const down = sourceY - row;
      const topLeft = (row * width + column) * 3;
      const bottomLeft = topLeft + width * 3;
      for (let channel = 0; channel < 3; channel++) {
        const top = source[topLeft + channel]! * (1 - right) + source[topLeft + 3 + channel]! * right;
        const bottom = source[bottomLeft + channel]! * (1 - right) + source[bottomLeft + 3 + channel]! * right;
        data[out + channel] = top * (1 - down) + bottom * down;
      }
    }
  }
  return { data, width: size, height: size };
}

/** @param inverse The map from output pixels to source pixels. */
function warpBicubic(image: RgbImage, [a, b, c, d, e, f]: Affine, size: number): RgbImage {
  const { data: source, width, height } = image;
  const { taps, first, weigh } = interpolationKernel('bicubic');
  const [across, down] = [new Float64Array(taps), new Float64Array(taps)];
  const data = new Float32Array(size * size * 3);
  for (let y = 0, out = 0; y < size; y++) {
    for (let x = 0; x < size; x++, out += 3) {
      const [sourceX, sourceY] = [a * x + b * y + c, d * x + e * y + f];
      const [column, row] = [Math.floor(sourceX), Math.floor(sourceY)];
      weigh(sourceX - column, across);
      weigh(sourceY - row, down);
      let [red, green, blue] = [0, 0, 0];
      for (let i = 0; i < taps; i++) {
        const line = clampIndex(row + first + i, height) * width;
        for (let j = 0; j < taps; j++) {
          const pixel = (line + clampIndex(column + first + j, width)) * 3;
          const weight = down[i]! * across[j]!;
          red += weight * source[pixel]!;
          green += weight * source[pixel + 1]!;
          blue += weight * source[pixel + 2]!;
        }
      }
      data[out] = red;
      data[out + 1] = green;
      data[out + 2] = blue;
    }
  }
  return { data, width: size, height: size };
}

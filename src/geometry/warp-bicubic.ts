import { clampIndex, interpolationKernel } from './interpolation.js';
import type { RgbImage } from './rgb-image.js';
import type { Affine } from './warp.js';

/**
 * Resamples an image bicubically to `size x size`; the border is repeated. Values are not clipped: see {@link warpAffine}, which is where to
 * come from.
 *
 * @param inverse The map from output pixels to source pixels.
 */
export function warpBicubic(image: RgbImage, [a, b, c, d, e, f]: Affine, size: number): RgbImage {
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

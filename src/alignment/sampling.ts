import type { Affine } from '../geometry/affine.js';
import { clampIndex, type InterpolationKernel } from '../geometry/interpolation.js';

/** One of the source pixels that each output pixel is made of: its index in the batch and its weight. */
export interface Tap {
  indices: Int32Array;
  weights: Float32Array;
}

/** Height and width of an image, in pixels. */
export type ImageSize = readonly [height: number, width: number];

/**
 * The taps that resample a batch of images: 4 (bilinear) or 16 (bicubic), each for all output pixels, image by image
 * and row by row. The border is repeated. Positions are in double precision, because a GPU's single precision gives
 * bilinear weights an error of 1e-4 at the far end of a large image.
 *
 * @param inverses Each image's map from output pixels to source pixels.
 */
export function samplingTaps(
  inverses: readonly Affine[],
  [height, width]: ImageSize,
  [outputHeight, outputWidth]: ImageSize,
  { taps: reach, first, weigh }: InterpolationKernel,
): Tap[] {
  const count = inverses.length * outputHeight * outputWidth;
  const taps = Array.from({ length: reach * reach }, () => ({
    indices: new Int32Array(count),
    weights: new Float32Array(count),
  }));
  const [across, down] = [new Float64Array(reach), new Float64Array(reach)];
  let output = 0;
  inverses.forEach(([a, b, c, d, e, f], image) => {
    const firstRow = image * height;
    for (let y = 0; y < outputHeight; y++) {
      for (let x = 0; x < outputWidth; x++, output++) {
        const [sourceX, sourceY] = [a * x + b * y + c, d * x + e * y + f];
        const [column, row] = [Math.floor(sourceX), Math.floor(sourceY)];
        weigh(sourceX - column, across);
        weigh(sourceY - row, down);
        for (let i = 0; i < reach; i++) {
          const line = (firstRow + clampIndex(row + first + i, height)) * width;
          for (let j = 0; j < reach; j++) {
            const { indices, weights } = taps[i * reach + j]!;
            indices[output] = line + clampIndex(column + first + j, width);
            weights[output] = down[i]! * across[j]!;
          }
        }
      }
    }
  });
  return taps;
}

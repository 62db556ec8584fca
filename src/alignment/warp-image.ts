import * as tf from '@tensorflow/tfjs-core';
import { InvalidArgumentError } from '../errors.js';
import { type Affine, invertAffine } from '../geometry/affine.js';
import { type Interpolation, interpolationKernel } from '../geometry/interpolation.js';
import { type ImageSize, samplingTaps } from './sampling.js';

/** Options of {@link warpImage}. */
export interface WarpOptions {
  /** `'bilinear'` by default. */
  interpolation?: Interpolation | undefined;
}

/**
 * Resamples a batch of images, each by its own affine map: source point `p` comes to `applyAffine(map, p)`, pixel
 * centres at integers; the border is repeated. `warpAffine` does the same to one image without a backend. Maps that
 * shrink by more than 2 alias; `alignFace` does not.
 *
 * Works on every backend and reads nothing back. Values differ from double precision by at most 2.5e-7 of their range.
 * tfjs's `image.transform` is faster, bilinear only, and has single-precision positions.
 *
 * @param images `[batch, height, width, channels]` of any range; not disposed. Up to 16 million pixels altogether on
 *   webgl, where indices are single precision.
 * @param maps One per image, from source pixels to output pixels.
 * @param size Side of the output in pixels, or its height and width.
 * @returns `[batch, size, size, channels]`, `float32`. The caller disposes it. Nothing is clipped: bicubic values may
 *   overshoot the images' range by up to 0.28 of it.
 * @throws InvalidArgumentError for another rank or an empty batch, unequal numbers of maps and images, a singular map,
 *   a size that is not whole and positive, or an unknown interpolation.
 * @example
 * ```ts
 * const maps = faces.map(({ points }) => alignAffine(points, faceTemplate(32)));
 * const aligned = warpImage(images, maps, 32, { interpolation: 'bicubic' });
 * ```
 */
export function warpImage(
  images: tf.Tensor4D,
  maps: readonly Affine[],
  size: number | ImageSize,
  { interpolation = 'bilinear' }: WarpOptions = {},
): tf.Tensor4D {
  const kernel = interpolationKernel(interpolation);
  const [batch, height, width, channels] = assertImages(images, maps.length);
  const output: ImageSize = typeof size === 'number' ? [size, size] : size;
  if (output.length !== 2 || !output.every((side) => Number.isInteger(side) && side > 0)) {
    throw new InvalidArgumentError(`An image cannot be resampled to ${size} pixels: sides must be whole and positive.`);
  }
  const inverses = maps.map((map, index) => {
    try {
      return invertAffine(map);
    } catch (cause) {
      throw new InvalidArgumentError(`Map ${index}: ${(cause as Error).message} Leave its image out.`, { cause });
    }
  });
  const taps = samplingTaps(inverses, [height, width], output, kernel);
  const count = batch * output[0] * output[1];
  return tf.tidy(() => {
    // One list of pixels for the whole batch: on wasm, tfjs's batched gather is wrong (tensorflow/tfjs#8658), and its
    // plain one 9 times slower than gatherND.
    const pixels = tf.reshape(tf.cast(images, 'float32'), [batch * height * width, channels]);
    // Tap by tap, so that memory holds one gathered batch, not 16.
    let sum: tf.Tensor | undefined;
    for (const { indices, weights } of taps) {
      const former = sum;
      sum = tf.tidy(() => {
        const gathered = tf.gatherND(pixels, tf.tensor2d(indices, [count, 1], 'int32'));
        const weighted = tf.mul(gathered, tf.tensor2d(weights, [count, 1]));
        return former ? tf.add(former, weighted) : weighted;
      });
      former?.dispose();
    }
    return tf.reshape(sum!, [batch, output[0], output[1], channels]);
  });
}

function assertImages({ shape, rank }: tf.Tensor, maps: number): [number, number, number, number] {
  if (rank !== 4 || shape.includes(0)) {
    throw new InvalidArgumentError(`Images must be [batch, height, width, channels], and not empty; got [${shape}].`);
  }
  if (shape[0] !== maps) {
    throw new InvalidArgumentError(`${shape[0]} images need as many affine maps, one each; got ${maps}.`);
  }
  return shape as [number, number, number, number];
}

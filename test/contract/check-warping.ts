import * as tf from '@tensorflow/tfjs-core';
import { warpImage } from '../../src/alignment/warp-image.js';
import type { Affine } from '../../src/geometry/affine.js';
import fixture from '../geometry/skimage/warps.json' with { type: 'json' };
import { largestDifference } from '../support/numbers.js';
import type { Check, Measurement } from './contract-types.js';

/** Of values in 0-1. GPUs may round differently; positions are computed on the processor. */
const AT_MOST = 1e-6;

export const checkWarping: Check = async () => {
  const images = tf.tensor4d(fixture.images, fixture.shape as [number, number, number, number]);
  const measurements: Measurement[] = [];
  for (const interpolation of ['bilinear', 'bicubic'] as const) {
    const warped = warpImage(images, fixture.maps as unknown as Affine[], fixture.size, { interpolation });
    const value = largestDifference(await warped.data(), fixture[interpolation]);
    measurements.push({ what: `${interpolation}: difference`, value, atMost: AT_MOST });
    warped.dispose();
  }
  images.dispose();
  return measurements;
};

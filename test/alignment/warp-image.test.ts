import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { warpImage } from '../../src/alignment/warp-image.js';
import { useBackend } from '../../src/backends/use-backend.js';
import { InvalidArgumentError } from '../../src/errors.js';
import { type Affine, similarityAbout } from '../../src/geometry/affine.js';
import type { Interpolation } from '../../src/geometry/interpolation.js';
import { warpAffine } from '../../src/geometry/warp-affine.js';
import fixture from '../geometry/skimage/warps.json' with { type: 'json' };
import { affineMaps } from '../support/faces/arbitrary-faces.js';
import { largestDifference, normalNumbers } from '../support/numbers.js';
import { expectNoLeak } from '../support/tensors.js';

const identity: Affine = [1, 0, 0, 0, 1, 0];
const maps = fixture.maps as unknown as Affine[];
const shape = fixture.shape as [number, number, number, number];
const interpolations: Interpolation[] = ['bilinear', 'bicubic'];

async function valuesOf(tensor: tf.Tensor): Promise<ArrayLike<number>> {
  const values = await tensor.data();
  tensor.dispose();
  return values;
}

describe.each(['cpu', 'wasm'] as const)('warpImage on %s', (backend) => {
  let images: tf.Tensor4D;
  beforeAll(async () => {
    await useBackend(backend);
    images = tf.tensor4d(fixture.images, shape);
  });
  afterAll(() => images.dispose());

  it.each(interpolations)('%s: warps a batch as scikit-image does, to single precision', async (interpolation) => {
    const found = await valuesOf(warpImage(images, maps, fixture.size, { interpolation }));
    expect(largestDifference(found, fixture[interpolation])).toBeLessThan(2.5e-7);
  });

  it.each(interpolations)(
    '%s: gives each image of a batch, bit for bit, what it gives it alone',
    async (interpolation) => {
      const batch = await valuesOf(warpImage(images, maps, 9, { interpolation }));
      const single: number[] = [];
      for (const [index, map] of maps.entries()) {
        const image = tf.slice(images, [index, 0, 0, 0], [1, -1, -1, -1]);
        single.push(...Array.from(await valuesOf(warpImage(image, [map], 9, { interpolation }))));
        image.dispose();
      }
      expect(largestDifference(batch, single)).toBe(0);
    },
  );

  it.each(interpolations)('%s: agrees with warpAffine, which needs no backend', async (interpolation) => {
    const pixels = normalNumbers(12 * 15 * 3, 4, 128, 40).map((value) => Math.min(255, Math.max(0, value)));
    const image = tf.tensor4d(pixels, [1, 15, 12, 3]);
    await fc.assert(
      fc.asyncProperty(affineMaps, async (map) => {
        const expected = warpAffine({ data: pixels, width: 12, height: 15 }, map, 8, interpolation).data;
        expect(largestDifference(await valuesOf(warpImage(image, [map], 8, { interpolation })), expected)).toBeLessThan(
          1e-4,
        );
      }),
      { numRuns: 40 },
    );
    image.dispose();
  });

  it.each(interpolations)('%s: by the identity returns the image, by whole pixels moves it', async (interpolation) => {
    const [batch, height, width] = shape;
    const same = warpImage(images, Array(batch).fill(identity), [height, width], { interpolation });
    expect(same.shape).toEqual(shape);
    expect(largestDifference(await valuesOf(same), fixture.images)).toBeLessThan(1e-7);
    const shifted = warpImage(images, Array(batch).fill([1, 0, 2, 0, 1, 1]), [3, 4], { interpolation });
    const found = await valuesOf(shifted);
    // Row 2, column 3 of the result is row 1, column 1 of the first image.
    expect(found[(2 * 4 + 3) * 3]).toBeCloseTo(fixture.images[(width + 1) * 3]!, 6);
  });

  it('bicubic is exact for a parabola, which bilinear is not', async () => {
    const parabola = Float32Array.from({ length: 144 }, (_, i) => (i % 12) ** 2 - Math.floor(i / 12) ** 2);
    const image = tf.tensor4d(parabola, [1, 12, 12, 1]);
    const middle: Affine = [1, 0, -3.3, 0, 1, -4.6];
    const expected = Array.from({ length: 16 }, (_, i) => ((i % 4) + 3.3) ** 2 - (Math.floor(i / 4) + 4.6) ** 2);
    const bicubic = await valuesOf(warpImage(image, [middle], 4, { interpolation: 'bicubic' }));
    expect(largestDifference(bicubic, expected)).toBeLessThan(1e-4);
    expect(largestDifference(await valuesOf(warpImage(image, [middle], 4)), expected)).toBeGreaterThan(0.02);
    image.dispose();
  });

  it.each(interpolations)('%s: repeats the border, however far outside', async (interpolation) => {
    const image = tf.tensor4d([10, 20, 30, 40], [1, 2, 2, 1]);
    for (const [shift, corner] of [
      [1e9, 10],
      [-1e9, 40],
    ] as const) {
      const found = await valuesOf(warpImage(image, [[1, 0, shift, 0, 1, shift]], 2, { interpolation }));
      expect(largestDifference(found, [corner, corner, corner, corner])).toBeLessThan(1e-4);
    }
    image.dispose();
  });

  it('takes integer tensors and images of a single pixel', async () => {
    const pixel = tf.tensor4d([7, 200], [1, 1, 1, 2], 'int32');
    const found = warpImage(pixel, [similarityAbout({ x: 0, y: 0 }, 20, 3, { x: 1, y: 1 })], 2);
    expect(found.dtype).toBe('float32');
    expect(Array.from(await valuesOf(found), Math.round)).toEqual([7, 200, 7, 200, 7, 200, 7, 200]);
    pixel.dispose();
  });

  it('leaks nothing, and does not change its input', async () => {
    for (const interpolation of interpolations) {
      await expectNoLeak(() => warpImage(images, maps, 5, { interpolation }).dispose());
      await expectNoLeak(() => {
        expect(() => warpImage(images, maps.slice(1), 5)).toThrow(InvalidArgumentError);
        expect(() => warpImage(images, maps.with(2, [1, 1, 0, 1, 1, 0]), 5)).toThrow(InvalidArgumentError);
      });
    }
    expect(images.isDisposed).toBe(false);
  });

  it('refuses bad input, and names it', () => {
    expect(() => warpImage(images, maps.slice(2), 5)).toThrow('6 images need as many affine maps, one each; got 4');
    expect(() => warpImage(images, maps.with(2, [1, 2, 0, 2, 4, 0]), 5)).toThrow('Map 2: The affine map [1, 2, 0');
    expect(() => warpImage(images, maps.with(0, [1, 0, Number.NaN, 0, 1, 0]), 5)).toThrow('has no inverse');
    for (const size of [0, -3, 2.5, Number.NaN, [4, 0], [4]]) {
      expect(() => warpImage(images, maps, size as number)).toThrow(`resampled to ${size} pixels`);
    }
    expect(() => warpImage(images, maps, 5, { interpolation: 'nearest' as never })).toThrow(
      'Unknown interpolation "nearest": use one of bilinear, bicubic',
    );
    const flat = tf.zeros([2, 3, 3]);
    const none = tf.zeros([0, 3, 3, 3]);
    expect(() => warpImage(flat as tf.Tensor4D, [identity, identity], 5)).toThrow('got [2,3,3]');
    expect(() => warpImage(none as tf.Tensor4D, [], 5)).toThrow('not empty; got [0,3,3,3]');
    tf.dispose([flat, none]);
  });
});

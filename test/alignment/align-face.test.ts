import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type AlignFaceOptions, alignFace, alignFaces } from '../../src/alignment/align-face.js';
import { InvalidArgumentError, InvalidImageError } from '../../src/errors.js';
import { type Affine, similarityAbout } from '../../src/geometry/affine.js';
import { alignAffine } from '../../src/geometry/align-affine.js';
import { faceTemplate } from '../../src/geometry/face-template.js';
import type { Point } from '../../src/geometry/point.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';
import { warpAffine } from '../../src/geometry/warp-affine.js';
import { drawSpots, findSpot, place } from '../support/faces/spots.js';
import { largestDifference, normalNumbers } from '../support/numbers.js';
import { expectNoLeak, useCpu } from '../support/tensors.js';

const hidden = { x: Number.NaN, y: Number.NaN };

/** A face of the template's 112 pixels turned by 20 degrees, so many pixels wide, in a picture as wide again on each side. */
function turnedFace(side: number): { image: RgbImage; points: Point[] } {
  const middle = { x: 55.5, y: 55.5 };
  const map = similarityAbout(middle, 20, side / 112, { x: 0.6 * side, y: 0.55 * side });
  const points = place(faceTemplate(112), map);
  return { image: drawSpots(points, Math.round(1.2 * side), Math.round(1.1 * side), 0.055 * side), points };
}

const noise = (width: number, height: number, seed: number): RgbImage => ({
  data: normalNumbers(width * height * 3, seed, 128, 25).map((value) => Math.min(255, Math.max(0, value))),
  width,
  height,
});

const variants: AlignFaceOptions[] = (['affine', 'similarity'] as const).flatMap((transform) =>
  (['align-first', 'enlarge-first'] as const).flatMap((order) =>
    (['bilinear', 'bicubic'] as const).map((interpolation) => ({ transform, order, interpolation })),
  ),
);

const turnedFaces = new Map([24, 40, 300].map((side) => [side, turnedFace(side)]));

describe.each(variants)('alignFace, $transform, $order, $interpolation', (options) => {
  it.each([
    [24, 112],
    [24, 32],
    [40, 20],
    [300, 112],
    [300, 32],
  ])('brings the points of a face of %i pixels to the template of %i, the right way around', async (side, size) => {
    const { image, points } = turnedFaces.get(side)!;
    const aligned = await alignFace(image, points, size, options);
    expect([aligned.width, aligned.height, aligned.data.length]).toEqual([size, size, size * size * 3]);
    for (const [spot, { x, y }] of faceTemplate(size).entries()) {
      const found = findSpot(aligned, spot);
      expect(Math.hypot(found.x - x, found.y - y)).toBeLessThan(Math.max(0.3, 0.01 * size));
    }
  });
});

describe('alignFace', () => {
  const { image, points } = turnedFace(30);

  it('is one bilinear warp at the low resolution', async () => {
    const expected = warpAffine(image, alignAffine(points, faceTemplate(32)), 32);
    expect(largestDifference((await alignFace(image, points, 32)).data, expected.data)).toBeLessThan(1e-4);
    const direct = await alignFace(image, points, 112, { lowResolution: 112 });
    const once = warpAffine(image, alignAffine(points, faceTemplate(112)), 112);
    expect(largestDifference(direct.data, once.data)).toBeLessThan(1e-4);
  });

  it('aligns by default to 32 pixels, and then enlarges', async () => {
    const low = warpAffine(image, alignAffine(points, faceTemplate(32)), 32);
    const enlarge: Affine = [3.5, 0, 1.25, 0, 3.5, 1.25]; // 0.5 * 3.5 - 0.5
    const { data } = await alignFace(image, points, 112);
    expect(largestDifference(data, warpAffine(low, enlarge, 112).data)).toBeLessThan(1e-4);
  });

  it('shows the same face, by other pixels, when enlarging first', async () => {
    const source = noise(36, 33, 8);
    const first = await alignFace(source, points, 112);
    const last = await alignFace(source, points, 112, { order: 'enlarge-first' });
    const difference = largestDifference(first.data, last.data);
    expect(difference).toBeGreaterThan(5);
    const smooth = await alignFace(image, points, 112, { order: 'enlarge-first' });
    expect(largestDifference(smooth.data, (await alignFace(image, points, 112)).data)).toBeLessThan(35);
  });

  it.each(['align-first', 'enlarge-first'] as const)('%s: does not alias when it shrinks', async (order) => {
    // A chessboard of single pixels is grey from afar; picking single pixels of it gives black and white.
    const board: RgbImage = {
      data: Uint8Array.from({ length: 400 * 400 * 3 }, (_, i) => {
        const pixel = Math.floor(i / 3);
        return ((pixel % 400) + Math.floor(pixel / 400)) % 2 ? 255 : 0;
      }),
      width: 400,
      height: 400,
    };
    const large = place(faceTemplate(112), similarityAbout({ x: 55.5, y: 55.5 }, 13, 3, { x: 199, y: 203 }));
    const aligned = await alignFace(board, large, 32, { order });
    expect(largestDifference(aligned.data, new Float32Array(32 * 32 * 3).fill(127.5))).toBeLessThan(8);
    const picked = warpAffine(board, alignAffine(large, faceTemplate(32)), 32);
    expect(largestDifference(picked.data, new Float32Array(32 * 32 * 3).fill(127.5))).toBeGreaterThan(80);
  });

  it('keeps bicubic values within 0-255', async () => {
    const edge: RgbImage = {
      data: Uint8Array.from({ length: 30 * 30 * 3 }, (_, i) => (Math.floor(i / 3) % 30 < 15 ? 0 : 255)),
      width: 30,
      height: 30,
    };
    const { data } = await alignFace(edge, points, 112, { interpolation: 'bicubic' });
    expect(data.every((value) => value >= 0 && value <= 255)).toBe(true);
    expect(data.some((value) => value === 0) && data.some((value) => value === 255)).toBe(true);
  });

  it('takes any image a detector takes, and faces beyond its border', async () => {
    const rgba = { data: new Uint8ClampedArray(20 * 20 * 4).fill(90), width: 20, height: 20 };
    const corner = faceTemplate(30).map(({ x, y }) => ({ x: x - 12, y: y - 12 }));
    const { data } = await alignFace(rgba, corner, 32);
    expect(largestDifference(data, new Float32Array(32 * 32 * 3).fill(90))).toBeLessThan(1e-3);
  });

  it('aligns by three visible points, or two for a similarity', async () => {
    const three = points.with(2, hidden).with(4, hidden);
    const aligned = await alignFace(image, three, 32);
    const found = findSpot(aligned, 0);
    expect(Math.hypot(found.x - faceTemplate(32)[0]!.x, found.y - faceTemplate(32)[0]!.y)).toBeLessThan(0.3);
    const two = three.with(3, hidden);
    await expect(alignFace(image, two, 32)).rejects.toThrow('2 of 5 points are visible');
    expect((await alignFace(image, two, 32, { transform: 'similarity' })).width).toBe(32);
  });
});

describe('alignFaces', () => {
  const faces = [24, 300, 41, 80].map((side, index) => ({
    points: turnedFace(side).points,
    image: noise(Math.round(1.2 * side), Math.round(1.1 * side), index),
  }));

  it.each(variants.slice(0, 4))(
    'gives each face of a batch what it gives it alone: $order, $interpolation',
    async (options) => {
      const batch = await alignFaces(faces, 48, options);
      for (const [index, { image, points }] of faces.entries()) {
        const { data } = await alignFace(image, points, 48, options);
        expect(largestDifference(batch[index]!.data, data)).toBe(0);
      }
    },
  );

  it('takes several faces of one image, and no faces', async () => {
    const { image, points } = faces[2]!;
    const other = points.map(({ x, y }) => ({ x: x + 3, y: y - 1 }));
    const [first, second] = await alignFaces(
      [points, other].map((given) => ({ image, points: given })),
      32,
    );
    expect(first).toEqual(await alignFace(image, points, 32));
    expect(second).toEqual(await alignFace(image, other, 32));
    expect(await alignFaces([], 112)).toEqual([]);
  });

  it('leaves an image tensor to the caller, and leaks none', async () => {
    await useCpu();
    const tensor = tf.fill<tf.Rank.R3>([40, 40, 3], 70, 'int32');
    await expectNoLeak(() => alignFace(tensor, faceTemplate(40), 32));
    tensor.dispose();
  });
});

describe('alignFace and alignFaces refuse bad', () => {
  const { image, points } = turnedFace(30);
  const refused = async (given: readonly Point[], message: string, options?: AlignFaceOptions) => {
    await expect(alignFace(image, given, 112, options)).rejects.toThrow(InvalidArgumentError);
    await expect(alignFace(image, given, 112, options)).rejects.toThrow(message);
  };

  it('points, with a remedy', async () => {
    await refused(
      points.map(() => hidden),
      '0 of 5 points are visible in both sets, and 3 are needed: leave this face out',
    );
    await refused(points.slice(1), 'got 4. convertLandmarks(points, 68, 5)');
    await refused(
      points.map(({ x }) => ({ x, y: 2 * x })),
      'lie on a line',
    );
    await refused(
      points.map(() => ({ x: 3, y: 3 })),
      'at least two different points',
      { transform: 'similarity' },
    );
    await refused(points.with(2, { x: Number.POSITIVE_INFINITY, y: 1 }), 'Point 2 is (Infinity, 1)');
    await refused(
      points.map(({ x, y }) => ({ x: x / 36, y: y / 33 })),
      'in pixels, and not in 0-1?',
    );
    await refused(
      points.map(({ x, y }) => ({ x: x + 400, y })),
      'lies outside its image of 36 x 33 pixels',
    );
    const wide = points.map(({ x, y }) => ({ x: (x - 18) * 20 + 18, y: (y - 16) * 20 + 16 }));
    await refused(wide, 'pixels around an image of 36 x 33');
    const swapped = [1, 0, 2, 4, 3].map((index) => points[index]!);
    await refused(swapped, 'would mirror the face');
    expect((await alignFace(image, swapped, 32, { transform: 'similarity' })).width).toBe(32);
  });

  it('points of one of several faces, naming its index, before any is aligned', async () => {
    const faces = [points, points, points.map(() => hidden)].map((given) => ({ image, points: given }));
    await expect(alignFaces(faces, 112)).rejects.toThrow('Face 2: 0 of 5 points');
  });

  it('images and options', async () => {
    const short = { data: new Uint8Array(10), width: 5, height: 5 };
    await expect(alignFace(short, points, 112)).rejects.toThrow(InvalidImageError);
    await expect(alignFace(image, points, 0)).rejects.toThrow('size must be a whole, positive number of pixels, not 0');
    await refused(points, 'lowResolution must be a whole', { lowResolution: 1.5 });
    await refused(points, 'enlargedSize must be', { enlargedSize: Number.NaN });
    await refused(points, 'Unknown transform "rigid": use one of affine, similarity', { transform: 'rigid' as never });
    await refused(points, 'Unknown order "both": use align-first or enlarge-first', { order: 'both' as never });
    await refused(points, 'Unknown interpolation "lanczos"', { interpolation: 'lanczos' as never });
  });
});

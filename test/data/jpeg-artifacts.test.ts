import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { jpegArtifacts } from '../../src/data/jpeg-artifacts.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';
import { meanDifference, rootMeanSquare, texturedImage } from './textured-image.js';

/** What libjpeg does at the same quality, chroma not subsampled. */
async function throughLibjpeg({ data, width, height }: RgbImage, quality: number): Promise<RgbImage> {
  const file = await sharp(data as Uint8Array, { raw: { width, height, channels: 3 } })
    .jpeg({ quality, chromaSubsampling: '4:4:4' })
    .toBuffer();
  return { data: await sharp(file).raw().toBuffer(), width, height };
}

describe('jpegArtifacts', () => {
  // The mean difference, in grey levels, comes from libjpeg's YCbCr being whole numbers: it tips coefficients that lie between two
  // multiples of a step, at high quality the most, where the steps are small and the coefficients many.
  it.each([
    [5, 1.3],
    [10, 1.3],
    [25, 1.3],
    [49, 1.3],
    [50, 1.3],
    [51, 1.3],
    [75, 1.7],
    [90, 2.2],
    [95, 2.2],
    [100, 1],
  ])('loses what libjpeg loses at quality %i', async (quality, tolerance) => {
    for (const [width, height] of [
      [48, 48],
      [45, 29],
    ] as const) {
      const image = texturedImage(width, height);
      const [ours, theirs] = [jpegArtifacts(image, quality), await throughLibjpeg(image, quality)];
      expect(meanDifference(ours, theirs)).toBeLessThan(tolerance);
      if (quality <= 90) expect(meanDifference(ours, theirs)).toBeLessThan(meanDifference(image, theirs) / 2.5);
      const [ourLoss, theirLoss] = [rootMeanSquare(image, ours), rootMeanSquare(image, theirs)];
      expect(Math.abs(ourLoss - theirLoss)).toBeLessThan(0.02 * theirLoss + 0.25);
    }
  });

  it('gives whole numbers in 0-255 of the same size, and leaves the given picture as it is', () => {
    const image = texturedImage(19, 10);
    const before = image.data.slice();
    const out = jpegArtifacts(image, 10);
    expect([out.width, out.height, out.data.length]).toEqual([19, 10, 570]);
    expect(out.data.every((value) => Number.isInteger(value) && value >= 0 && value <= 255)).toBe(true);
    expect(image.data).toEqual(before);
  });

  it('keeps a flat picture flat', () => {
    const grey = { data: new Float32Array(24 * 24 * 3).fill(128), width: 24, height: 24 };
    expect(new Set(jpegArtifacts(grey, 30).data)).toEqual(new Set([128]));
  });
});

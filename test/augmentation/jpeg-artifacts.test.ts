import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { jpegArtifacts } from '../../src/augmentation/jpeg-artifacts.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';
import { Random } from '../../src/random.js';
import { meanDifference, rootMeanSquare, texturedImage } from '../support/faces/textured-image.js';

/** What libjpeg does at the same quality, chroma not subsampled. */
async function throughLibjpeg({ data, width, height }: RgbImage, quality: number): Promise<RgbImage> {
  const file = await sharp(data as Uint8Array, { raw: { width, height, channels: 3 } })
    .jpeg({ quality, chromaSubsampling: '4:4:4' })
    .toBuffer();
  return { data: await sharp(file).raw().toBuffer(), width, height };
}

/** The quantisation tables, row by row, that libjpeg writes into a file: luma's and chroma's. */
async function tablesOfLibjpeg(quality: number): Promise<number[][]> {
  const { data, width, height } = texturedImage(8, 8);
  const file = await sharp(data as Uint8Array, { raw: { width, height, channels: 3 } })
    .jpeg({ quality, chromaSubsampling: '4:4:4' })
    .toBuffer();
  const tables: number[][] = [];
  for (let segment = 2; file[segment + 1] !== 0xda; segment += 2 + file.readUInt16BE(segment + 2)) {
    if (file[segment + 1] !== 0xdb) continue;
    const end = segment + 2 + file.readUInt16BE(segment + 2);
    for (let at = segment + 4; at < end; at += 65) tables.push(fromZigzag(file.subarray(at + 1, at + 65)));
  }
  return tables;
}

/** Files list coefficients along the anti-diagonals, up and down in turn. */
function fromZigzag(values: Uint8Array): number[] {
  const places = Array.from({ length: 64 }, (_, i) => ({ row: i >> 3, column: i & 7 }));
  places.sort((a, b) => {
    const [one, other] = [a.row + a.column, b.row + b.column];
    return one - other || (one % 2 === 0 ? b.row - a.row : a.row - b.row);
  });
  const table: number[] = [];
  places.forEach(({ row, column }, i) => {
    table[row * 8 + column] = values[i]!;
  });
  return table;
}

/** The orthonormal two-dimensional DCT of a block, straight from its definition. */
function cosineTransform(block: readonly number[]): number[] {
  const basis = (k: number, n: number) => Math.sqrt((k === 0 ? 1 : 2) / 8) * Math.cos(((2 * n + 1) * k * Math.PI) / 16);
  return Array.from({ length: 64 }, (_, i) =>
    block.reduce((sum, value, j) => sum + value * basis(i >> 3, j >> 3) * basis(i & 7, j & 7), 0),
  );
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

  it("leaves only multiples of the steps in libjpeg's tables, of each of the 64 frequencies of luma and chroma", async () => {
    const random = new Random(3);
    const size = 96;
    const blocks = (size / 8) ** 2;
    const data = new Float32Array(size * size * 3);
    for (let i = 0; i < data.length; i += 3) {
      const [y, cb, cr] = [random.normal(128, 24), random.normal(0, 18), random.normal(0, 18)];
      data.set([y + 1.402 * cr, y - 0.344136 * cb - 0.714136 * cr, y + 1.772 * cb], i);
    }
    const out = jpegArtifacts({ data, width: size, height: size }, 75).data;
    const tables = await tablesOfLibjpeg(75);
    const weights = [
      [0.299, 0.587, 0.114],
      [-0.168736, -0.331264, 0.5],
      [0.5, -0.418688, -0.081312],
    ] as const;
    weights.forEach(([r, g, b], plane) => {
      const steps = tables[Math.min(plane, 1)]!;
      const used = new Set<number>();
      const left = new Array<number>(64).fill(0);
      for (let block = 0; block < blocks; block++) {
        const [row, column] = [Math.floor(block / (size / 8)) * 8, (block % (size / 8)) * 8];
        const values = Array.from({ length: 64 }, (_, i) => {
          const at = ((row + (i >> 3)) * size + column + (i & 7)) * 3;
          return r * out[at]! + g * out[at + 1]! + b * out[at + 2]! - (plane === 0 ? 128 : 0);
        });
        cosineTransform(values).forEach((coefficient, i) => {
          const multiple = Math.round(coefficient / steps[i]!);
          if (Math.abs(multiple) === 1) used.add(i);
          left[i]! += Math.abs(coefficient - multiple * steps[i]!) / blocks;
        });
      }
      expect(used.size).toBe(64);
      // Rounding pixels to whole numbers leaves 0.23 on average, a step that is wrong by 1 at least 0.4.
      expect(Math.max(...left)).toBeLessThan(0.35);
    });
  });

  it('returns whole numbers in 0-255 of the same size, and does not change its input', () => {
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

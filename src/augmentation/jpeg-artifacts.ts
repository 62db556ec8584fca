import type { RgbImage } from '../geometry/rgb-image.js';

/** Quantisation tables of the JPEG standard, Annex K, row by row. */
const LUMINANCE = [
  [16, 11, 10, 16, 24, 40, 51, 61],
  [12, 12, 14, 19, 26, 58, 60, 55],
  [14, 13, 16, 24, 40, 57, 69, 56],
  [14, 17, 22, 29, 51, 87, 80, 62],
  [18, 22, 37, 56, 68, 109, 103, 77],
  [24, 35, 55, 64, 81, 104, 113, 92],
  [49, 64, 78, 87, 103, 121, 120, 101],
  [72, 92, 95, 98, 112, 100, 103, 99],
].flat();
const CHROMINANCE_CORNER = [
  [17, 18, 24, 47],
  [18, 21, 26, 66],
  [24, 26, 56, 99],
  [47, 66, 99, 99],
];
const CHROMINANCE = Array.from({ length: 64 }, (_, i) => CHROMINANCE_CORNER[i >> 3]?.[i & 7] ?? 99);

/** `COSINES[8 k + n]`: value at sample n of the k-th basis function of the orthonormal 8-point DCT. */
const COSINES = Float64Array.from({ length: 64 }, (_, i) => {
  const [k, n] = [i >> 3, i & 7];
  return (k === 0 ? Math.sqrt(1 / 8) : 0.5) * Math.cos(((2 * n + 1) * k * Math.PI) / 16);
});

/**
 * What JPEG compression does to an image: YCbCr blocks of 8x8 pixels lose what the quantisation of their cosine
 * transform drops. The rest of JPEG is lossless, so no file is made, which would take 80 times as long. No chroma
 * subsampling.
 *
 * @param quality 1-100, on the scale of the Independent JPEG Group, which most software uses.
 */
export function jpegArtifacts({ data, width, height }: RgbImage, quality: number): RgbImage {
  const out = new Float32Array(data.length);
  const tables = [quantisation(LUMINANCE, quality), quantisation(CHROMINANCE, quality)] as const;
  const block = new Float64Array(64);
  const planes = [new Float64Array(64), new Float64Array(64), new Float64Array(64)] as const;
  for (let top = 0; top < height; top += 8) {
    for (let left = 0; left < width; left += 8) {
      for (let i = 0; i < 64; i++) {
        // Blocks over the border repeat it, as in encoders.
        const row = Math.min(height - 1, top + (i >> 3));
        const pixel = (row * width + Math.min(width - 1, left + (i & 7))) * 3;
        const [red, green, blue] = [data[pixel]!, data[pixel + 1]!, data[pixel + 2]!];
        planes[0][i] = 0.299 * red + 0.587 * green + 0.114 * blue - 128;
        planes[1][i] = -0.168736 * red - 0.331264 * green + 0.5 * blue;
        planes[2][i] = 0.5 * red - 0.418688 * green - 0.081312 * blue;
      }
      planes.forEach((plane, index) => {
        quantiseBlock(plane, index === 0 ? tables[0] : tables[1], block);
      });
      for (let i = 0; i < 64; i++) {
        const [row, column] = [top + (i >> 3), left + (i & 7)];
        if (row >= height || column >= width) continue;
        const [luma, cb, cr] = [planes[0][i]! + 128, planes[1][i]!, planes[2][i]!];
        const pixel = (row * width + column) * 3;
        out[pixel] = toByte(luma + 1.402 * cr);
        out[pixel + 1] = toByte(luma - 0.344136 * cb - 0.714136 * cr);
        out[pixel + 2] = toByte(luma + 1.772 * cb);
      }
    }
  }
  return { data: out, width, height };
}

function quantisation(table: readonly number[], quality: number): number[] {
  const scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  return table.map((step) => Math.min(255, Math.max(1, Math.floor((step * scale + 50) / 100))));
}

/** Transforms a block, rounds its coefficients to multiples of the steps, and transforms it back, in place. */
function quantiseBlock(block: Float64Array, steps: readonly number[], scratch: Float64Array): void {
  transform(block, scratch, false);
  transform(scratch, block, false);
  for (let i = 0; i < 64; i++) block[i] = Math.round(block[i]! / steps[i]!) * steps[i]!;
  transform(block, scratch, true);
  transform(scratch, block, true);
}

/** An 8-point DCT (or its inverse) of each row, written transposed: twice gives the two-dimensional one. */
function transform(source: Float64Array, target: Float64Array, inverse: boolean): void {
  for (let row = 0; row < 8; row++) {
    for (let k = 0; k < 8; k++) {
      let sum = 0;
      for (let n = 0; n < 8; n++) sum += source[row * 8 + n]! * COSINES[inverse ? n * 8 + k : k * 8 + n]!;
      target[k * 8 + row] = sum;
    }
  }
}

function toByte(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)));
}

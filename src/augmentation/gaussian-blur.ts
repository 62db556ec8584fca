import type { RgbImage } from '../geometry/rgb-image.js';

/** Gaussian smoothing with a standard deviation of `sigma` pixels, cut off at 3 sigma, the border repeated. */
export function gaussianBlur(image: RgbImage, sigma: number): RgbImage {
  const radius = Math.ceil(3 * sigma);
  if (radius === 0) return image;
  const kernel = Float32Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)),
  );
  const total = kernel.reduce((sum, weight) => sum + weight, 0);
  for (let i = 0; i < kernel.length; i++) kernel[i]! /= total;
  const { width, height } = image;
  const across = blurLines(image.data, kernel, height, width, width * 3, 3);
  return { data: blurLines(across, kernel, width, height, 3, width * 3), width, height };
}

/** Smooths `lines` lines of `length` pixels; `lineStride` and `pixelStride` say how far apart they lie. */
function blurLines(
  source: RgbImage['data'],
  kernel: Float32Array,
  lines: number,
  length: number,
  lineStride: number,
  pixelStride: number,
): Float32Array {
  const radius = (kernel.length - 1) / 2;
  const out = new Float32Array(source.length);
  for (let line = 0; line < lines; line++) {
    for (let position = 0; position < length; position++) {
      let [red, green, blue] = [0, 0, 0];
      for (let tap = -radius; tap <= radius; tap++) {
        const weight = kernel[tap + radius]!;
        const pixel = line * lineStride + Math.min(length - 1, Math.max(0, position + tap)) * pixelStride;
        red += weight * source[pixel]!;
        green += weight * source[pixel + 1]!;
        blue += weight * source[pixel + 2]!;
      }
      const target = line * lineStride + position * pixelStride;
      out[target] = red;
      out[target + 1] = green;
      out[target + 2] = blue;
    }
  }
  return out;
}

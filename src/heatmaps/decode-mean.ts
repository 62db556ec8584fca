import type { Point } from '../geometry/point.js';
import type { HeatmapPeak, HeatmapPlane } from './heatmap-plane.js';

/**
 * 7x7 pixels: 1.5 sigma of the default Gaussians each way. Larger windows are better on lone Gaussians and worse on
 * real maps.
 */
const CENTROID_RADIUS = 3;

/**
 * Scale of the softmax: with 10, the peak of a Gaussian of height 1 weighs e^10 = 22,000 times as much as the
 * background. With less, the background pulls the point to the map's middle; with more it is the argmax.
 */
const SOFTMAX_SCALE = 10;

/** The mean of the 7x7 pixels around the peak (fewer at the border), weighted by their values, negative ones as 0. */
export function decodeLocalCentroid({ values, width, height }: HeatmapPlane, peak: HeatmapPeak): Point {
  // Symmetric at the border too: a cut window would pull its mean inwards by up to a pixel.
  const radiusX = Math.min(CENTROID_RADIUS, peak.x, width - 1 - peak.x);
  const radiusY = Math.min(CENTROID_RADIUS, peak.y, height - 1 - peak.y);
  let [sum, sumX, sumY] = [0, 0, 0];
  for (let y = peak.y - radiusY; y <= peak.y + radiusY; y += 1) {
    for (let x = peak.x - radiusX; x <= peak.x + radiusX; x += 1) {
      const weight = Math.max(0, values[y * width + x]!);
      sum += weight;
      sumX += weight * x;
      sumY += weight * y;
    }
  }
  return finiteOr(peak, sumX / sum, sumY / sum);
}

/**
 * Soft-argmax (Luvizon et al. 2017; Sun et al. 2018): the mean of the map's pixels, weighted by the softmax of ten
 * times their values. It needs peaks of nearly 1, as a network trained through it gives; the background outweighs lower
 * ones.
 */
export function decodeSoftArgmax({ values, width, height }: HeatmapPlane, peak: HeatmapPeak): Point {
  let [sum, sumX, sumY] = [0, 0, 0];
  for (let y = 0, index = 0; y < height; y += 1) {
    let [rowSum, rowSumX] = [0, 0];
    for (let x = 0; x < width; x += 1, index += 1) {
      const weight = Math.exp(SOFTMAX_SCALE * (values[index]! - peak.value));
      rowSum += weight;
      rowSumX += weight * x;
    }
    sum += rowSum;
    sumX += rowSumX;
    sumY += rowSum * y;
  }
  return finiteOr(peak, sumX / sum, sumY / sum);
}

/** The mean, or the peak where it is undefined: all weights zero, or NaN among them. */
function finiteOr(peak: HeatmapPeak, x: number, y: number): Point {
  return Number.isFinite(x) && Number.isFinite(y) ? { x, y } : { x: peak.x, y: peak.y };
}

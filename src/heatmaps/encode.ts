import * as tf from '@tensorflow/tfjs-core';
import { InvalidArgumentError } from '../errors.js';
import type { Point } from '../geometry/point.js';
import { isVisible } from '../landmarks/visibility.js';

/** Size and width of the Gaussians of heatmaps. */
export interface HeatmapOptions {
  /** Width and height of the heatmaps in pixels. */
  size: number;
  /** Standard deviation of the Gaussians in heatmap pixels: 2 by default, as in the paper (section 3.3). */
  sigma?: number;
}

/** Smaller values become 0, so that a Gaussian ends: at sigma 2, after 6 pixels. */
const FLOOR = 0.01;

/** {@link encodeHeatmaps} of one face: `size * size * (points.length + 1)` values, row by row, channels last. */
export function encodeHeatmapArray(points: readonly Point[], { size, sigma = 2 }: HeatmapOptions): Float32Array {
  const channels = points.length + 1;
  const heatmaps = new Float32Array(size * size * channels);
  const radius = Math.ceil(sigma * Math.sqrt(-2 * Math.log(FLOOR)));
  points.forEach((point, channel) => {
    if (!isVisible(point)) return;
    const [across, down] = [gaussianAround(point.x, radius, size, sigma), gaussianAround(point.y, radius, size, sigma)];
    down.values.forEach((inRow, row) => {
      let place = ((down.first + row) * size + across.first) * channels + channel;
      for (const inColumn of across.values) {
        const value = inRow * inColumn;
        if (value >= FLOOR) heatmaps[place] = value;
        place += channels;
      }
    });
  });
  for (let pixel = 0; pixel < heatmaps.length; pixel += channels) {
    let highest = 0;
    for (let channel = 0; channel < points.length; channel++) highest = Math.max(highest, heatmaps[pixel + channel]!);
    heatmaps[pixel + points.length] = 1 - highest;
  }
  return heatmaps;
}

/** A Gaussian along one axis, near its middle: a heatmap is the product of two. */
function gaussianAround(middle: number, radius: number, size: number, sigma: number) {
  const first = Math.max(0, Math.floor(middle) - radius);
  const last = Math.min(size - 1, Math.ceil(middle) + radius);
  const values: number[] = [];
  for (let pixel = first; pixel <= last; pixel++) values.push(Math.exp(-((pixel - middle) ** 2) / (2 * sigma * sigma)));
  return { first, values };
}

/**
 * The heatmaps of a batch of faces, `[faces, size, size, points + 1]`: per landmark a Gaussian of height 1 at its
 * exact, sub-pixel position (section 3.3), and last the background, 1 minus the highest of the others. The caller
 * disposes it.
 *
 * @param faces Landmarks in heatmap pixels, centres at integers. A NaN landmark has an empty heatmap.
 * @throws InvalidArgumentError when the faces differ in their number of points.
 * @example
 * const heatmaps = encodeHeatmaps([[{ x: 10.2, y: 12.7 }, { x: 20, y: 12.5 }]], { size: 32 }); // [1, 32, 32, 3]
 */
export function encodeHeatmaps(faces: readonly (readonly Point[])[], options: HeatmapOptions): tf.Tensor4D {
  const channels = (faces[0]?.length ?? 0) + 1;
  const perFace = options.size * options.size * channels;
  const data = new Float32Array(faces.length * perFace);
  faces.forEach((points, index) => {
    if (points.length !== channels - 1) {
      throw new InvalidArgumentError(
        `Face ${index} has ${points.length} points, face 0 has ${channels - 1}: give all, NaN for those not visible.`,
      );
    }
    data.set(encodeHeatmapArray(points, options), index * perFace);
  });
  return tf.tensor4d(data, [faces.length, options.size, options.size, channels]);
}

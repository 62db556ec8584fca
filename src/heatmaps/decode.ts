import type { Tensor4D } from '@tensorflow/tfjs-core';
import { InvalidArgumentError } from '../errors.js';
import { decodeArgmax, decodeQuarterOffset } from './decode-argmax.js';
import { decodeDark } from './decode-dark.js';
import { decodeLocalCentroid, decodeSoftArgmax } from './decode-mean.js';
import { findPeak, type HeatmapPlane, type PlaneDecoder } from './heatmap-plane.js';

/**
 * How a heatmap becomes a point. Mean error in pixels on Gaussians of sigma 2 px with no, 2 % and 5 % noise:
 *
 * | decoder | clean | 2 % | 5 % |
 * |---|---|---|---|
 * | `argmax`: the highest pixel | 0.38 | 0.40 | 0.50 |
 * | `quarter-offset`: a quarter of a pixel from it to the larger neighbour (Newell et al. 2016) | 0.19 | 0.22 | 0.33 |
 * | `local-centroid`: mean of the 7x7 pixels around it | 0.12 | 0.13 | 0.17 |
 * | `soft-argmax`: mean of the map under a softmax | 0.15 | 0.16 | 0.19 |
 * | `dark`: Newton step on the smoothed map's logarithm (Zhang et al. 2020) | 0.00 | 0.03 | 0.07 |
 */
export type HeatmapDecoder = 'argmax' | 'quarter-offset' | 'local-centroid' | 'soft-argmax' | 'dark';

/** A decoded landmark on the heatmap's grid, pixel centres at integers. */
export interface HeatmapPoint {
  x: number;
  y: number;
  /** Height of the heatmap's peak, clipped to 0-1: training aims at 1; a low, wide blob is a guess. */
  score: number;
}

/**
 * Layout of heatmaps in memory, NHWC. The first `points` of the `channels` are landmarks; the rest, the background, is
 * not read.
 */
export interface HeatmapLayout {
  batch: number;
  height: number;
  width: number;
  channels: number;
  points: number;
}

/** Options of {@link decodeHeatmaps}. */
export interface DecodeOptions {
  /** `'dark'` by default, the most exact. */
  decoder?: HeatmapDecoder | undefined;
  /** Number of channels that are points. Default: all but the last, the background (section 3.2). */
  points?: number | undefined;
}

const planeDecoders: Readonly<Record<HeatmapDecoder, PlaneDecoder>> = {
  argmax: decodeArgmax,
  'quarter-offset': decodeQuarterOffset,
  'local-centroid': decodeLocalCentroid,
  'soft-argmax': decodeSoftArgmax,
  dark: decodeDark,
};

/**
 * {@link decodeHeatmaps} for values in memory. A map of NaN gives NaN coordinates and score 0. A constant map gives its
 * first pixel, which means nothing: its score is the constant, usually 0.
 *
 * @throws InvalidArgumentError when the layout does not fit the data, or the decoder is unknown.
 */
export function decodeHeatmapArray(
  data: Float32Array,
  layout: HeatmapLayout,
  decoder: HeatmapDecoder = 'dark',
): HeatmapPoint[][] {
  assertLayout(data.length, layout);
  assertDecoder(decoder);
  const { batch, height, width, channels, points } = layout;
  const plane = { values: new Float32Array(height * width), height, width };
  return Array.from({ length: batch }, (_, image) =>
    Array.from({ length: points }, (_, point) => {
      const first = image * height * width * channels + point;
      for (let pixel = 0; pixel < plane.values.length; pixel += 1)
        plane.values[pixel] = data[first + pixel * channels]!;
      return decodePlane(plane, planeDecoders[decoder]);
    }),
  );
}

/**
 * The points of a batch of heatmaps, such as `HeatmapUNet` predicts.
 *
 * @param heatmaps `[batch, height, width, points + 1]`; not disposed.
 * @returns For each image its points, in heatmap pixels.
 * @throws InvalidArgumentError when `heatmaps` is no 4-D tensor or has fewer channels than `points`, or the decoder is
 *   unknown.
 * @example
 * const heatmaps = network.apply(faces);
 * const [points] = await decodeHeatmaps(heatmaps);
 * heatmaps.dispose();
 */
export async function decodeHeatmaps(heatmaps: Tensor4D, options: DecodeOptions = {}): Promise<HeatmapPoint[][]> {
  const [batch, height, width, channels] = heatmaps.shape;
  if (heatmaps.rank !== 4) {
    throw new InvalidArgumentError(`Heatmaps must be [batch, height, width, channels]; got [${heatmaps.shape}].`);
  }
  const layout = { batch, height, width, channels, points: options.points ?? channels - 1 };
  assertLayout(heatmaps.size, layout);
  return decodeHeatmapArray((await heatmaps.data()) as Float32Array, layout, options.decoder);
}

/** @throws InvalidArgumentError for an unknown decoder. */
export function assertDecoder(decoder: HeatmapDecoder): void {
  if (Object.hasOwn(planeDecoders, decoder)) return;
  throw new InvalidArgumentError(
    `Unknown decoder ${JSON.stringify(decoder)}: use one of ${Object.keys(planeDecoders).join(', ')}.`,
  );
}

function decodePlane(plane: HeatmapPlane, decode: PlaneDecoder): HeatmapPoint {
  const peak = findPeak(plane);
  if (Number.isNaN(peak.x)) return { x: peak.x, y: peak.y, score: 0 };
  const { x, y } = decode(plane, peak);
  return { x, y, score: Math.min(1, Math.max(0, peak.value)) };
}

function assertLayout(length: number, { batch, height, width, channels, points }: HeatmapLayout): void {
  if (!(Number.isInteger(points) && points >= 1 && points <= channels)) {
    throw new InvalidArgumentError(`Heatmaps of ${channels} channels cannot hold ${points} points.`);
  }
  if (length !== batch * height * width * channels || height * width === 0) {
    throw new InvalidArgumentError(
      `Heatmaps of [${[batch, height, width, channels]}] need ${batch * height * width * channels} values; got ${length}.`,
    );
  }
}

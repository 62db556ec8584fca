import type { Point } from '../geometry/point.js';

/** One landmark's heatmap: `width * height` values, row by row. */
export interface HeatmapPlane {
  values: Float32Array;
  width: number;
  height: number;
}

/** The highest pixel of a heatmap. */
export interface HeatmapPeak {
  x: number;
  y: number;
  /** Its value; `-Infinity` in a map of NaN, whose `x` and `y` are NaN. */
  value: number;
}

/** The point of a heatmap, in its pixels, from its peak. */
export type PlaneDecoder = (plane: HeatmapPlane, peak: HeatmapPeak) => Point;

/** The highest pixel, the first in row order among equals. NaN pixels are ignored. */
export function findPeak({ values, width }: HeatmapPlane): HeatmapPeak {
  let best = -1;
  let value = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < values.length; index += 1) {
    if (values[index]! > value) {
      value = values[index]!;
      best = index;
    }
  }
  if (best === -1) return { x: Number.NaN, y: Number.NaN, value };
  return { x: best % width, y: Math.floor(best / width), value };
}

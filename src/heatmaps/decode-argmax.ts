import type { Point } from '../geometry/point.js';
import type { HeatmapPeak, HeatmapPlane } from './heatmap-plane.js';

/** The peak's pixel itself. Off by up to half a pixel per axis, 1.2 % of a face of 32 pixels on average. */
export function decodeArgmax(_plane: HeatmapPlane, peak: HeatmapPeak): Point {
  return { x: peak.x, y: peak.y };
}

/**
 * The peak moved by a quarter of a pixel per axis towards its larger neighbour, as stacked hourglasses (Newell et al.
 * 2016) and HRNet (Sun et al. 2019) do. An axis on which the peak is at the border, or its neighbours are equal, stays.
 */
export function decodeQuarterOffset({ values, width, height }: HeatmapPlane, { x, y }: HeatmapPeak): Point {
  const centre = y * width + x;
  const alongX = x > 0 && x < width - 1 ? Math.sign(values[centre + 1]! - values[centre - 1]!) : 0;
  const alongY = y > 0 && y < height - 1 ? Math.sign(values[centre + width]! - values[centre - width]!) : 0;
  // A NaN neighbour gives NaN, which is no direction.
  return { x: x + 0.25 * (alongX || 0), y: y + 0.25 * (alongY || 0) };
}

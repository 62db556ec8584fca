import { type Affine, applyAffine } from '../../../src/geometry/affine.js';
import type { Point } from '../../../src/geometry/point.js';
import type { RgbImage } from '../../../src/geometry/rgb-image.js';

/** The colour of each of the five points: all different, so that left and right, up and down are told apart. */
const SPOTS = [
  [250, 40, 40],
  [40, 250, 40],
  [40, 40, 250],
  [250, 250, 40],
  [40, 250, 250],
] as const;

const GREY = 128;

/** A grey picture with a smooth, coloured spot at each of five points, as wide as the map that placed them says. */
export function drawSpots(points: readonly Point[], width: number, height: number, radius: number): RgbImage {
  const data = new Float32Array(width * height * 3).fill(GREY);
  for (let pixel = 0; pixel < width * height; pixel++) {
    points.forEach(({ x, y }, spot) => {
      const [dx, dy] = [(pixel % width) - x, Math.floor(pixel / width) - y];
      const share = Math.exp(-(dx * dx + dy * dy) / (2 * radius * radius));
      for (let channel = 0; channel < 3; channel++) {
        data[pixel * 3 + channel]! += share * (SPOTS[spot]![channel]! - GREY);
      }
    });
  }
  return { data, width, height };
}

/** The mean position of what differs from grey by a spot's colour, weighted by how much it does. */
export function findSpot({ data, width }: RgbImage, spot: number): Point {
  const direction = SPOTS[spot]!.map((value) => value - GREY);
  const length = Math.hypot(...direction);
  let [x, y, total] = [0, 0, 0];
  for (let pixel = 0; pixel < data.length / 3; pixel++) {
    const colour = direction.map((_, channel) => data[pixel * 3 + channel]! - GREY);
    const along = colour.reduce((sum, value, channel) => sum + value * direction[channel]!, 0) / length;
    if (along < 0.9 * Math.hypot(...colour)) continue; // Another's, or a mixture.
    const weight = along > 0.5 * length ? along : 0;
    total += weight;
    x += weight * (pixel % width);
    y += weight * Math.floor(pixel / width);
  }
  return { x: x / total, y: y / total };
}

export const place = (points: readonly Point[], map: Affine): Point[] => points.map((point) => applyAffine(map, point));

import type { Box } from '../geometry/box.js';
import type { Point } from '../geometry/point.js';
import type { RgbImage } from '../geometry/rgb-image.js';

/** Red, green and blue, 0-255. */
export type Colour = readonly [number, number, number];

/** Paints an antialiased disc. */
export function paintDisc(image: RgbImage, centre: Point, radius: number, colour: Colour): void {
  paint(image, [centre], radius, colour, (x, y) => radius - Math.hypot(x - centre.x, y - centre.y));
}

/** Paints an antialiased circle line, `thickness` pixels wide. */
export function paintRing(image: RgbImage, centre: Point, radius: number, thickness: number, colour: Colour): void {
  const half = thickness / 2;
  const depth = (x: number, y: number) => half - Math.abs(Math.hypot(x - centre.x, y - centre.y) - radius);
  paint(image, [centre], radius + half, colour, depth);
}

/** Paints an antialiased line with round ends, `thickness` pixels wide. */
export function paintLine(image: RgbImage, from: Point, to: Point, thickness: number, colour: Colour): void {
  const half = thickness / 2;
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const squared = dx * dx + dy * dy;
  paint(image, [from, to], half, colour, (x, y) => {
    // The nearest place on the line; its beginning if it has no length.
    const along = squared === 0 ? 0 : ((x - from.x) * dx + (y - from.y) * dy) / squared;
    const nearest = Math.min(1, Math.max(0, along));
    return half - Math.hypot(x - from.x - nearest * dx, y - from.y - nearest * dy);
  });
}

/** Paints the outline of a box, `thickness` pixels wide and centred on its edges. */
export function paintBox(image: RgbImage, box: Box, thickness: number, colour: Colour): void {
  const half = thickness / 2;
  // A box is measured at pixel edges, pixels at their centres.
  const [left, top] = [box.x - 0.5, box.y - 0.5];
  const [right, bottom] = [left + box.width, top + box.height];
  const corners = [
    { x: left, y: top },
    { x: right, y: bottom },
  ];
  const depth = (x: number, y: number) => half - Math.abs(Math.max(left - x, x - right, top - y, y - bottom));
  paint(image, corners, half, colour, depth);
}

/**
 * Blends a colour into the pixels within `reach` of the box around `points`, in place.
 *
 * @param depth How far inside the shape a pixel's centre lies, in pixels; negative outside. Half a pixel on each side
 *   of the edge is blended.
 */
function paint(
  { data, width, height }: RgbImage,
  points: readonly Point[],
  reach: number,
  colour: Colour,
  depth: (x: number, y: number) => number,
): void {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const lastRow = Math.min(height - 1, Math.ceil(Math.max(...ys) + reach));
  const lastColumn = Math.min(width - 1, Math.ceil(Math.max(...xs) + reach));
  for (let row = Math.max(0, Math.floor(Math.min(...ys) - reach)); row <= lastRow; row++) {
    for (let column = Math.max(0, Math.floor(Math.min(...xs) - reach)); column <= lastColumn; column++) {
      const coverage = Math.min(1, depth(column, row) + 0.5);
      if (coverage <= 0) continue;
      const offset = (row * width + column) * 3;
      for (let channel = 0; channel < 3; channel++) {
        data[offset + channel]! += coverage * (colour[channel]! - data[offset + channel]!);
      }
    }
  }
}

import type { Box } from '../geometry/box.js';
import type { Point } from '../geometry/point.js';
import type { RgbImage } from '../geometry/rgb-image.js';

/** Red, green and blue, 0-255. */
export type Colour = readonly [number, number, number];

/** Paints an antialiased disc. */
export function paintDisc(image: RgbImage, { x, y }: Point, radius: number, colour: Colour): void {
  const around = { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
  paint(image, around, colour, (column, row) => radius - Math.hypot(column - x, row - y));
}

/** Paints an antialiased circle line, `thickness` pixels wide. */
export function paintRing(image: RgbImage, { x, y }: Point, radius: number, thickness: number, colour: Colour): void {
  const outer = radius + thickness / 2;
  const around = { left: x - outer, right: x + outer, top: y - outer, bottom: y + outer };
  paint(image, around, colour, (column, row) => thickness / 2 - Math.abs(Math.hypot(column - x, row - y) - radius));
}

/** Paints an antialiased line with round ends, `thickness` pixels wide. */
export function paintLine(image: RgbImage, from: Point, to: Point, thickness: number, colour: Colour): void {
  const half = thickness / 2;
  const around = {
    left: Math.min(from.x, to.x) - half,
    right: Math.max(from.x, to.x) + half,
    top: Math.min(from.y, to.y) - half,
    bottom: Math.max(from.y, to.y) + half,
  };
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const squared = dx * dx + dy * dy;
  paint(image, around, colour, (column, row) => {
    // The nearest place on the line; its beginning if it has no length.
    const along = squared === 0 ? 0 : ((column - from.x) * dx + (row - from.y) * dy) / squared;
    const nearest = Math.min(1, Math.max(0, along));
    return half - Math.hypot(column - from.x - nearest * dx, row - from.y - nearest * dy);
  });
}

/** Paints the outline of a box, `thickness` pixels wide and centred on its edges. */
export function paintBox(image: RgbImage, box: Box, thickness: number, colour: Colour): void {
  const half = thickness / 2;
  // A box is measured at pixel edges, pixels at their centres.
  const [left, top] = [box.x - 0.5, box.y - 0.5];
  const [right, bottom] = [left + box.width, top + box.height];
  const around = { left: left - half, right: right + half, top: top - half, bottom: bottom + half };
  paint(image, around, colour, (column, row) => {
    const outside = Math.max(left - column, column - right, top - row, row - bottom);
    return half - Math.abs(outside);
  });
}

/**
 * Blends a colour into the pixels of a region, in place.
 *
 * @param depth How far inside the shape a pixel's centre lies, in pixels; negative outside. Half a pixel on each side
 *   of the edge is blended.
 */
function paint(
  { data, width, height }: RgbImage,
  region: { left: number; right: number; top: number; bottom: number },
  colour: Colour,
  depth: (column: number, row: number) => number,
): void {
  const lastRow = Math.min(height - 1, Math.ceil(region.bottom));
  const lastColumn = Math.min(width - 1, Math.ceil(region.right));
  for (let row = Math.max(0, Math.floor(region.top)); row <= lastRow; row++) {
    for (let column = Math.max(0, Math.floor(region.left)); column <= lastColumn; column++) {
      const coverage = Math.min(1, depth(column, row) + 0.5);
      if (coverage <= 0) continue;
      const offset = (row * width + column) * 3;
      for (let channel = 0; channel < 3; channel++) {
        data[offset + channel]! += coverage * (colour[channel]! - data[offset + channel]!);
      }
    }
  }
}

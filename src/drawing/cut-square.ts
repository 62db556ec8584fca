import type { SquareCrop } from '../geometry/crop.js';
import type { RgbImage } from '../geometry/rgb-image.js';

const BEYOND = 40;

/** The pixels of a square in whole pixels, as they are; dark grey where it reaches outside the image. */
export function cutSquare(image: RgbImage, { left, top, side }: SquareCrop): RgbImage {
  const data = new Uint8ClampedArray(side * side * 3).fill(BEYOND);
  const [first, last] = [Math.max(0, left), Math.min(image.width, left + side)];
  for (let y = Math.max(0, top); y < Math.min(image.height, top + side) && first < last; y++) {
    const row = image.data.subarray((y * image.width + first) * 3, (y * image.width + last) * 3);
    data.set(row, ((y - top) * side + first - left) * 3);
  }
  return { data, width: side, height: side };
}

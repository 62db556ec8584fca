import type { RgbImage } from '../geometry/rgb-image.js';

/** An image a whole number of times larger, by repeating pixels: those that a network saw stay visible as squares. */
export function enlarge(image: RgbImage, scale: number): RgbImage {
  const [width, height] = [image.width * scale, image.height * scale];
  const data = new Uint8ClampedArray(width * height * 3);
  for (let y = 0, target = 0; y < height; y++) {
    const row = Math.floor(y / scale) * image.width;
    for (let x = 0; x < width; x++, target += 3) {
      const source = (row + Math.floor(x / scale)) * 3;
      data[target] = image.data[source]!;
      data[target + 1] = image.data[source + 1]!;
      data[target + 2] = image.data[source + 2]!;
    }
  }
  return { data, width, height };
}

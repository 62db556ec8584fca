import type { RgbImage } from '../../../src/geometry/rgb-image.js';
import { Random } from '../../../src/random.js';

/** A picture with edges, gradients, colours and noise, of whole numbers as a decoded file has. */
export function texturedImage(width: number, height: number, seed = 1): RgbImage {
  const random = new Random(seed);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const edge = (x - width / 2) ** 2 + (y - height / 2) ** 2 < (width / 3) ** 2 ? 60 : 0;
      const base = [90 + edge + 40 * Math.sin(x / 3), 110 + edge / 2 + 50 * Math.cos(y / 4), 200 - (120 * x) / width];
      base.forEach((value, channel) => {
        data[(y * width + x) * 3 + channel] = Math.min(255, Math.max(0, Math.round(value + random.normal(0, 8))));
      });
    }
  }
  return { data, width, height };
}

/** Mean absolute difference of two pictures, in grey levels. */
export function meanDifference(one: RgbImage, other: RgbImage): number {
  let sum = 0;
  for (let i = 0; i < one.data.length; i++) sum += Math.abs(one.data[i]! - other.data[i]!);
  return sum / one.data.length;
}

/** Root of the mean squared difference of two pictures, in grey levels. */
export function rootMeanSquare(one: RgbImage, other: RgbImage): number {
  let sum = 0;
  for (let i = 0; i < one.data.length; i++) sum += (one.data[i]! - other.data[i]!) ** 2;
  return Math.sqrt(sum / one.data.length);
}

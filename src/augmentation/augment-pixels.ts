import type { RgbImage } from '../geometry/rgb-image.js';
import type { Random } from '../random.js';

/** A left-right flip. */
export function mirror({ data, width, height }: RgbImage): RgbImage {
  const mirrored = new Float32Array(data.length);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const column = pixel % width;
    const source = (pixel - column + width - 1 - column) * 3;
    for (let channel = 0; channel < 3; channel++) mirrored[pixel * 3 + channel] = data[source + channel]!;
  }
  return { data: mirrored, width, height };
}

/** Random contrast, brightness and colour cast, and one image in ten grey, in place. */
export function colourJitter({ data }: RgbImage, strength: number, random: Random): void {
  const contrast = random.uniform(1 - strength, 1 + strength);
  const brightness = random.uniform(-strength, strength) * 128;
  const gains = [0, 1, 2].map(() => contrast * random.uniform(1 - strength / 3, 1 + strength / 3));
  const grey = random.bernoulli(0.1);
  for (let pixel = 0; pixel < data.length; pixel += 3) {
    const luminance = 0.299 * data[pixel]! + 0.587 * data[pixel + 1]! + 0.114 * data[pixel + 2]!;
    for (let channel = 0; channel < 3; channel++) {
      const value = grey ? luminance : data[pixel + channel]!;
      data[pixel + channel] = Math.min(255, Math.max(0, (value - 128) * gains[channel]! + 128 + brightness));
    }
  }
}

/** Fills a rectangle of 15-45 % of the width and height with one colour, in place: a hand, a mask, a microphone. */
export function randomErasing({ data, width, height }: RgbImage, random: Random): void {
  const [columns, rows] = [random.uniform(0.15, 0.45) * width, random.uniform(0.15, 0.45) * height].map(Math.round);
  const left = random.integer(0, width - columns!);
  const top = random.integer(0, height - rows!);
  const colour = [random.uniform(0, 255), random.uniform(0, 255), random.uniform(0, 255)];
  for (let y = top; y < top + rows!; y++) {
    for (let x = left; x < left + columns!; x++) {
      for (let channel = 0; channel < 3; channel++) data[(y * width + x) * 3 + channel] = colour[channel]!;
    }
  }
}

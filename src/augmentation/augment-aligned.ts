import type { RgbImage } from '../geometry/rgb-image.js';
import type { Random } from '../random.js';
import { mirror } from './augment-pixels.js';

/** How aligned faces are varied to train an embedding. */
export interface AlignedAugmentation {
  /** Probability of a left-right flip: 0.5, as in LightCNN's own training. */
  flip: number;
  /** Largest shift in whole pixels to each side: 2 of 32, LightCNN's own random crops of 128 from 144 pixels. */
  shift: number;
}

/**
 * Mirrors and shifts an aligned face at random: by whole pixels, because interpolation would blur a low-resolution
 * face. The border is repeated.
 */
export function augmentAligned(face: RgbImage, { flip, shift }: AlignedAugmentation, random: Random): RgbImage {
  const [right, down] = [random.integer(-shift, shift), random.integer(-shift, shift)];
  const shifted = right === 0 && down === 0 ? face : moved(face, right, down);
  return random.bernoulli(flip) ? mirror(shifted) : shifted;
}

function moved({ data: source, width, height }: RgbImage, right: number, down: number): RgbImage {
  const data = new Float32Array(source.length);
  const within = (place: number, size: number) => Math.min(size - 1, Math.max(0, place));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [from, to] = [within(y - down, height) * width + within(x - right, width), y * width + x];
      for (let channel = 0; channel < 3; channel++) data[to * 3 + channel] = source[from * 3 + channel]!;
    }
  }
  return { data, width, height };
}

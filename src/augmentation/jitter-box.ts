import type { Box } from '../geometry/box.js';
import type { Random } from '../random.js';

/** A face's box as by a poor detector: moved by up to 15 % of its size and scaled by 0.8 to 1.25 about its middle. */
export function jitterBox({ x, y, width, height }: Box, random: Random): Box {
  const scale = logUniform(0.8, 1.25, random);
  const shiftX = random.uniform(-0.15, 0.15) * width;
  const shiftY = random.uniform(-0.15, 0.15) * height;
  return {
    x: x + shiftX + (width * (1 - scale)) / 2,
    y: y + shiftY + (height * (1 - scale)) / 2,
    width: width * scale,
    height: height * scale,
  };
}

/** A log-uniform number between two positive ones: as often in `[1, 2)` as in `[2, 4)`. */
export function logUniform(low: number, high: number, random: Random): number {
  return Math.exp(random.uniform(Math.log(low), Math.log(high)));
}

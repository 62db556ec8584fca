import type { UnlabelledSample } from '../datasets/samples.js';
import { similarityAbout } from '../geometry/affine.js';
import { cropAndResize, cropAround } from '../geometry/crop.js';
import type { Point } from '../geometry/point.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import { warpAffine } from '../geometry/warp-affine.js';
import type { Random } from '../random.js';
import type { AugmentationConfig } from './augment.js';
import { colourJitter, mirror, randomErasing } from './augment-pixels.js';

/** Photographs that shrink by more than this are downsampled first, so that no pixel is skipped. */
const LARGEST_SHRINK = 1.5;

/**
 * Crops a square of a photograph, its content rotated clockwise, to `size` pixels. Small faces are resampled only once,
 * to keep their degradation. `middle` and `side` are in pixels of the photograph.
 */
export function cropRotated(
  photograph: RgbImage,
  { middle, side, degrees }: { middle: Point; side: number; degrees: number },
  size: number,
): RgbImage {
  const { image, scale } = reduced(photograph, side / size);
  const pivot = { x: (middle.x + 0.5) * scale - 0.5, y: (middle.y + 0.5) * scale - 0.5 };
  const centre = { x: (size - 1) / 2, y: (size - 1) / 2 };
  return warpAffine(image, similarityAbout(pivot, degrees, size / (side * scale), centre), size);
}

/** Crops a face to a square of `size` pixels, varied at random as by `augmentFace`. */
export function augmentUnlabelled(
  { image, box }: UnlabelledSample,
  size: number,
  config: AugmentationConfig,
  random: Random,
): RgbImage {
  const crop = cropAround(box);
  const degrees = random.uniform(-config.rotation, config.rotation);
  const side = crop.side / random.uniform(...config.scale);
  const middle = {
    x: crop.left + crop.side / 2 + random.uniform(-config.shift, config.shift) * side - 0.5,
    y: crop.top + crop.side / 2 + random.uniform(-config.shift, config.shift) * side - 0.5,
  };
  let face = cropRotated(image, { middle, side, degrees }, size);
  if (random.bernoulli(config.flip)) face = mirror(face);
  if (config.colour > 0) colourJitter(face, config.colour, random);
  if (random.bernoulli(config.occlusion)) randomErasing(face, random);
  return face;
}

/** The image, downsampled if it shrinks a lot, and the scale of that. */
function reduced(image: RgbImage, shrink: number): { image: RgbImage; scale: number } {
  if (shrink <= LARGEST_SHRINK) return { image, scale: 1 };
  const side = Math.max(image.width, image.height);
  const size = Math.max(2, Math.round(side / shrink));
  return { image: cropAndResize(image, { left: 0, top: 0, side }, size), scale: size / side };
}

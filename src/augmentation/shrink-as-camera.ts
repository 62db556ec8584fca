import { cropAndResize, pointToCrop } from '../geometry/crop.js';
import { pasteImage } from '../geometry/paste-image.js';
import type { Point } from '../geometry/point.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import type { Random } from '../random.js';
import * as camera from './camera-degradations.js';
import { logUniform } from './jitter-box.js';
import { jpegArtifacts } from './jpeg-artifacts.js';

/**
 * Shrinks a photograph and degrades it as a distant camera and a web site would: blur (motion, or out of focus),
 * sampling, shot noise, tone curve, sharpening, compression. This is `shrinkFace` without what needs the package sharp.
 *
 * @param points Points to move along; NaN stays NaN.
 * @param scale Under 1; rounded so that the longer side has whole pixels.
 */
export function shrinkAsCamera(
  image: RgbImage,
  points: readonly Point[],
  scale: number,
  random: Random,
): { image: RgbImage; points: Point[] } {
  const whole = { left: 0, top: 0, side: Math.max(image.width, image.height) };
  const side = Math.max(1, Math.round(whole.side * scale));
  const sides = (length: number) => Math.max(1, Math.round((length * side) / whole.side));
  const square = cropAndResize(blurAtRandom(image, whole.side / side, random), whole, side);
  let small = exposeAtRandom(topLeft(square, sides(image.width), sides(image.height)), random);
  if (random.bernoulli(0.8)) small = jpegArtifacts(small, random.integer(30, 85));
  return {
    image: { ...small, data: Uint8ClampedArray.from(small.data) },
    points: points.map((point) => pointToCrop(point, whole, side)),
  };
}

/** Before the sampling: motion blur, out of focus, or neither. A `pixel` of the small image is so many of the large. */
export function blurAtRandom(image: RgbImage, pixel: number, random: Random): RgbImage {
  const kind = random.uniform();
  if (kind < 0.4) return camera.motionBlur(image, pixel * random.uniform(0.5, 2.5), random.uniform(0, Math.PI));
  return kind < 0.7 ? camera.defocus(image, pixel * random.uniform(0.4, 1)) : image;
}

/** After the sampling: each of shot noise, tone curve and sharpening, or not. */
export function exposeAtRandom(image: RgbImage, random: Random): RgbImage {
  let small = image;
  if (random.bernoulli(0.6)) small = camera.shotNoise(small, logUniform(100, 2000, random), random);
  if (random.bernoulli(0.5)) small = camera.gamma(small, logUniform(0.6, 1.7, random));
  if (random.bernoulli(0.4)) small = camera.unsharpMask(small, random.uniform(0.5, 1.5));
  return small;
}

/** The upper left part. Resampling fills a square; what it repeats beyond a narrower image is dropped. */
function topLeft(square: RgbImage, width: number, height: number): RgbImage {
  const cut = { data: new Float32Array(width * height * 3), width, height };
  pasteImage(cut, square, 0, 0);
  return cut;
}

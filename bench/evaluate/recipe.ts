import { Random } from '../../src/data/random.js';
import type { LandmarkSample } from '../../src/data/sample.js';
import type { Box } from '../../src/geometry/box.js';
import type { Point } from '../../src/geometry/point.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';
import { faceBoxFromLandmarks } from '../../src/landmarks/face-box.js';
import { boxSize } from '../../src/metrics/normalizers.js';
import * as degradations from './degradations.js';

/** A face made small: what the model gets, and the annotation it is measured against. */
export interface SmallFace {
  id: string;
  image: RgbImage;
  /** The annotated points in the small image's pixels. */
  points: Point[];
  /** The box the points give (`faceBoxFromLandmarks`). */
  exactBox: Box;
  /** The same as a poor face detector might give it. */
  disturbedBox: Box;
}

/** A range of face sizes in pixels, `sqrt(width * height)` of the exact box. */
export interface SizeRange {
  low: number;
  high: number;
}

/** The seed of the published table. The random numbers of a face depend on it, the face and the size range, and on nothing else. */
export const SEED = 2019;

/**
 * The evaluation's recipe: shrinks a photographed face to a size drawn from the range and spoils it, in the order a camera
 * and a web site would: blur (motion, or out of focus), sampling by Lanczos, shot noise, tone curve, sharpening, compression.
 */
export async function makeSmallFace(
  { id, image, points }: LandmarkSample,
  range: SizeRange,
  face: number,
): Promise<SmallFace> {
  const random = new Random(SEED, face, range.low);
  const size = random.uniform(range.low, range.high);
  const scale = size / boxSize(faceBoxFromLandmarks(points));
  const width = Math.max(1, Math.round(image.width * scale));
  const height = Math.max(1, Math.round(image.height * scale));
  const smallPoints = points.map(({ x, y }) => ({
    x: ((x + 0.5) * width) / image.width - 0.5,
    y: ((y + 0.5) * height) / image.height - 0.5,
  }));
  const exactBox = faceBoxFromLandmarks(smallPoints);
  const disturbedBox = disturb(exactBox, random);
  let small = await degradations.shrinkLanczos(blur(image, 1 / scale, random), width, height);
  if (random.bernoulli(0.6)) small = degradations.shotNoise(small, logUniform(100, 2000, random), random);
  if (random.bernoulli(0.5)) small = degradations.gamma(small, logUniform(0.6, 1.7, random));
  if (random.bernoulli(0.4)) small = degradations.unsharpMask(small, random.uniform(0.5, 1.5));
  return { id, image: await compress(small, random), points: smallPoints, exactBox, disturbedBox };
}

/** `pixel`: size of a small image's pixel in the large one. */
function blur(image: RgbImage, pixel: number, random: Random): RgbImage {
  const kind = random.uniform();
  if (kind < 0.4) {
    return degradations.motionBlur(image, pixel * random.uniform(0.5, 2.5), random.uniform(0, Math.PI));
  }
  return kind < 0.7 ? degradations.defocus(image, pixel * random.uniform(0.4, 1)) : image;
}

async function compress(image: RgbImage, random: Random): Promise<RgbImage> {
  const kind = random.uniform();
  if (kind < 0.4) return degradations.compressWebp(image, random.integer(25, 80));
  if (kind >= 0.8) return image;
  const once = await degradations.compressJpeg420(image, random.integer(30, 85));
  return degradations.compressJpeg420(once, random.integer(30, 85));
}

/** Moves a box by up to 15 % of its size and scales it by 0.8 to 1.25, about its middle. */
function disturb({ x, y, width, height }: Box, random: Random): Box {
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

function logUniform(low: number, high: number, random: Random): number {
  return Math.exp(random.uniform(Math.log(low), Math.log(high)));
}

import type { LandmarkSample } from '../datasets/samples.js';
import { DatasetError } from '../errors.js';
import { applyAffine, similarityAbout } from '../geometry/affine.js';
import { type Box, boundingBox } from '../geometry/box.js';
import { cropAround } from '../geometry/crop.js';
import type { Point } from '../geometry/point.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import { warpAffine } from '../geometry/warp-affine.js';
import { faceBoxFromLandmarks } from '../landmarks/face-box.js';
import { flipLandmarks } from '../landmarks/flip.js';
import type { SchemeName } from '../landmarks/schemes.js';
import type { Random } from '../random.js';
import { colourJitter, mirror, randomErasing } from './augment-pixels.js';

/** How training faces are varied before they are degraded. Points move with the image. */
export interface AugmentationConfig {
  /** Largest rotation to either side, in degrees. Paper (section 4.1): 30. */
  rotation: number;
  /** Smallest and largest scaling. Paper: 0.9-1.1. */
  scale: readonly [number, number];
  /** Largest shift to each side, as a share of the crop's side. Paper: 20 of 128 pixels. */
  shift: number;
  /** Probability of a left-right flip. Paper: 0. */
  flip: number;
  /** Strength of random brightness, contrast and colour; 0 is off, as in the paper. */
  colour: number;
  /** Probability of random erasing: a rectangle of one colour over part of the face. Paper: 0. */
  occlusion: number;
}

/** The augmentation of the paper's settings (section 4.1). */
export const paperAugmentation: AugmentationConfig = {
  rotation: 30,
  scale: [0.9, 1.1],
  shift: 20 / 128,
  flip: 0,
  colour: 0,
  occlusion: 0,
};

/** No augmentation: validation. */
export const noAugmentation: AugmentationConfig = { ...paperAugmentation, rotation: 0, scale: [1, 1], shift: 0 };

/** A face cropped for training: a square image and the landmarks in its pixels. */
export interface AugmentedFace {
  image: RgbImage;
  /** NaN where not visible or outside the image. */
  points: Point[];
}

/**
 * Crops a sample's face to a square of `size` pixels, rotated, scaled, shifted, flipped, colour-jittered and partly
 * erased at random. The crop is taken around the landmarks *after* the rotation, as a face detector would see them.
 *
 * @throws DatasetError when the visible points span no box, or there are not as many points as in the scheme.
 */
export function augmentFace(
  sample: LandmarkSample,
  scheme: SchemeName,
  size: number,
  config: AugmentationConfig,
  random: Random,
): AugmentedFace {
  const around = boxOfSample(sample, scheme);
  const centre = { x: around.x + around.width / 2, y: around.y + around.height / 2 };
  const degrees = random.uniform(-config.rotation, config.rotation);
  const turned = similarityAbout(centre, degrees, 1, centre);
  const box = faceBoxFromLandmarks(sample.points.map((point) => applyAffine(turned, point)));
  const crop = cropAround(box);
  const side = crop.side / random.uniform(...config.scale);
  const shiftX = random.uniform(-config.shift, config.shift) * side;
  const shiftY = random.uniform(-config.shift, config.shift) * side;
  // The middle of the crop, in pixel-centre coordinates of the turned picture.
  const middle = { x: crop.left + crop.side / 2 + shiftX - 0.5, y: crop.top + crop.side / 2 + shiftY - 0.5 };
  const pivot = applyAffine(similarityAbout(centre, -degrees, 1, centre), middle);
  const map = similarityAbout(pivot, degrees, size / side, { x: (size - 1) / 2, y: (size - 1) / 2 });
  let image = warpAffine(sample.image, map, size);
  let points = sample.points.map((point) => applyAffine(map, point));
  if (random.bernoulli(config.flip)) {
    image = mirror(image);
    points = flipLandmarks(points, scheme, size);
  }
  if (config.colour > 0) colourJitter(image, config.colour, random);
  if (random.bernoulli(config.occlusion)) randomErasing(image, random);
  return { image, points: points.map((point) => (isInside(point, size) ? point : { x: Number.NaN, y: Number.NaN })) };
}

function boxOfSample({ id, points }: LandmarkSample, scheme: SchemeName): Box {
  if (points.length !== scheme) {
    throw new DatasetError(`Sample ${id} has ${points.length} points but its dataset's scheme has ${scheme}.`);
  }
  try {
    return boundingBox(points);
  } catch (cause) {
    throw new DatasetError(`Sample ${id} has no face to crop: leave it out. ${(cause as Error).message}`, { cause });
  }
}

function isInside({ x, y }: Point, size: number): boolean {
  return x > -0.5 && y > -0.5 && x < size - 0.5 && y < size - 0.5;
}

import { jitterBox } from '../../augmentation/jitter-box.js';
import { blurAtRandom, exposeAtRandom } from '../../augmentation/shrink-as-camera.js';
import type { LandmarkSample } from '../../datasets/samples.js';
import type { Box } from '../../geometry/box.js';
import type { Point } from '../../geometry/point.js';
import type { RgbImage } from '../../geometry/rgb-image.js';
import { faceBoxFromLandmarks } from '../../landmarks/face-box.js';
import type { SizeRange } from '../../metrics/face-sizes.js';
import { boxSize } from '../../metrics/normalizers.js';
import { Random } from '../../random.js';
import { compressJpeg420, compressWebp, shrinkLanczos } from './sharp-degradations.js';

/** A photographed face, shrunk: what a predictor gets, and the annotation it is measured against. */
export interface SmallFace {
  id: string;
  image: RgbImage;
  /** The size drawn from the range, in pixels; that of the exact box differs a little, as images have whole pixels. */
  size: number;
  /** The annotated points in the small image's pixels. */
  points: Point[];
  /** The box the points give (`faceBoxFromLandmarks`). */
  exactBox: Box;
  /** The same as a poor face detector might give it (`jitterBox`). */
  jitteredBox: Box;
}

/** The seed of the published table (`bench/results/evaluate.md`). */
export const EVALUATION_SEED = 2019;

/**
 * Makes a labelled small face to evaluate on: shrinks a photographed face to a size drawn from the range and degrades
 * it in the order of a camera and a web site: blur (motion, or out of focus), sampling by Lanczos, shot noise, tone
 * curve, sharpening, compression. Training does none of these. Needs the optional package sharp.
 *
 * @param sample A face of 68 points, larger than the range.
 * @param face Numbers the face: random numbers depend on it, the seed and the range's lower end alone.
 * @param seed The published table's, 2019, by default.
 * @throws PackageUnavailableError when sharp is not installed; InvalidBoxError when the sample shows no face.
 * @example
 * const { image, points, exactBox } = await shrinkFace(await afw.get(0), { low: 16, high: 20 }, 0);
 */
export async function shrinkFace(
  { id, image, points }: LandmarkSample,
  range: SizeRange,
  face: number,
  seed: number = EVALUATION_SEED,
): Promise<SmallFace> {
  const random = new Random(seed, face, range.low);
  const size = random.uniform(range.low, range.high);
  const scale = size / boxSize(faceBoxFromLandmarks(points));
  const width = Math.max(1, Math.round(image.width * scale));
  const height = Math.max(1, Math.round(image.height * scale));
  const smallPoints = points.map(({ x, y }) => ({
    x: ((x + 0.5) * width) / image.width - 0.5,
    y: ((y + 0.5) * height) / image.height - 0.5,
  }));
  const exactBox = faceBoxFromLandmarks(smallPoints);
  const jitteredBox = jitterBox(exactBox, random);
  const sampled = await shrinkLanczos(blurAtRandom(image, 1 / scale, random), width, height);
  const small = exposeAtRandom(sampled, random);
  return { id, image: await compress(small, random), size, points: smallPoints, exactBox, jitteredBox };
}

async function compress(image: RgbImage, random: Random): Promise<RgbImage> {
  const kind = random.uniform();
  if (kind < 0.4) return compressWebp(image, random.integer(25, 80));
  if (kind >= 0.8) return image;
  const once = await compressJpeg420(image, random.integer(30, 85));
  return compressJpeg420(once, random.integer(30, 85));
}

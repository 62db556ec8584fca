import { mirror } from '../augmentation/augment-pixels.js';
import { cropRotated } from '../augmentation/augment-unlabelled.js';
import type { Dataset, LandmarkDataset } from '../datasets/dataset.js';
import type { UnlabelledSample } from '../datasets/samples.js';
import { type Affine, similarityAbout } from '../geometry/affine.js';
import { cropAround } from '../geometry/crop.js';
import type { Point } from '../geometry/point.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import { mean } from '../geometry/sums.js';
import type { SchemeName } from '../landmarks/schemes.js';
import { flipConsistency, moveConsistency } from '../metrics/consistency.js';
import { fitShapeModel, plausibility, type ShapeModel } from '../metrics/shape-model.js';
import type { HeatmapUNet } from '../networks/heatmap-unet.js';
import type { Prediction } from '../training/heatmap-trainer.js';
import { predictLandmarks } from '../training/predict-landmarks.js';

/**
 * How good predictions are without labels; means over faces. See `flipConsistency`, `moveConsistency` and
 * `plausibility`.
 */
export interface NativeMeasures {
  flip: number;
  /** By 2 pixels of the network's input to the right and down. */
  shift: number;
  /** By 10 degrees. */
  rotation: number;
  mahalanobis: number;
  residual: number;
  /** Share of faces on which all points are in one place or on one line: left out of the other measures. */
  collapsed: number;
}

const SHIFT = 2;
const DEGREES = 10;

/** Real low-resolution faces as a network sees them, with the points that it predicts. */
export async function predictNativeFaces(
  network: HeatmapUNet,
  faces: readonly UnlabelledSample[],
): Promise<Pick<Prediction, 'image' | 'predicted'>[]> {
  const images = faces.map((face) => cut(face, network.config.inputSize, 0, 0));
  const predictions = await predictLandmarks(network, images);
  return images.map((image, index) => ({ image, predicted: predictions[index]! }));
}

/** A model of the shapes of a dataset's faces. */
export async function shapeModelOf(dataset: LandmarkDataset): Promise<ShapeModel> {
  const shapes: Point[][] = [];
  for (let index = 0; index < dataset.length; index++) shapes.push((await dataset.get(index)).points);
  return fitShapeModel(shapes);
}

/** Measures a network on real low-resolution faces, which have no labels. */
export async function measureOnNativeFaces(
  network: HeatmapUNet,
  dataset: Dataset<UnlabelledSample>,
  shapes: ShapeModel,
): Promise<NativeMeasures> {
  const { inputSize: size, landmarks } = network.config;
  const faces = await Promise.all(Array.from({ length: dataset.length }, (_, index) => dataset.get(index)));
  const predict = (images: RgbImage[]) => predictLandmarks(network, images);
  const centred = faces.map((face) => cut(face, size, 0, 0));
  const plain = await predict(centred);
  const mirrored = await predict(centred.map(mirror));
  const shifted = await predict(faces.map((face) => cut(face, size, SHIFT, 0)));
  const turned = await predict(faces.map((face) => cut(face, size, 0, DEGREES)));
  const centre = { x: (size - 1) / 2, y: (size - 1) / 2 };
  const shift: Affine = [1, 0, SHIFT, 0, 1, SHIFT];
  const turn = similarityAbout(centre, DEGREES, 1, centre);
  const scheme = landmarks as SchemeName;
  const kept = [...plain.keys()].filter((face) => spansBox(plain[face]!));
  const meanOf = (measure: (face: number) => number) => mean(kept.map(measure));
  const likely = new Map(kept.map((face) => [face, plausibility(shapes, plain[face]!)]));
  return {
    flip: meanOf((face) => flipConsistency(plain[face]!, mirrored[face]!, scheme, size)),
    shift: meanOf((face) => moveConsistency(plain[face]!, shifted[face]!, shift)),
    rotation: meanOf((face) => moveConsistency(plain[face]!, turned[face]!, turn)),
    mahalanobis: meanOf((face) => likely.get(face)!.mahalanobis),
    residual: meanOf((face) => likely.get(face)!.residual),
    collapsed: 1 - kept.length / plain.length,
  };
}

function spansBox(points: readonly Point[]): boolean {
  const [columns, rows] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return Math.max(...columns) > Math.min(...columns) && Math.max(...rows) > Math.min(...rows);
}

/** A face's crop as a picture of `size` pixels, its content moved right and down by `shift` of them, or turned. */
function cut({ image, box }: UnlabelledSample, size: number, shift: number, degrees: number): RgbImage {
  const { left, top, side } = cropAround(box);
  const moved = side / 2 - (side / size) * shift - 0.5;
  return cropRotated(image, { middle: { x: left + moved, y: top + moved }, side, degrees }, size);
}

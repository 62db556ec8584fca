import { augmentFace, noAugmentation } from '../augmentation/augment.js';
import type { LandmarkDataset } from '../datasets/dataset.js';
import { boundingBox } from '../geometry/box.js';
import { pointToCrop } from '../geometry/crop.js';
import type { Point } from '../geometry/point.js';
import { areaUnderCurve } from '../metrics/auc.js';
import { faceError } from '../metrics/face-error.js';
import { boxSize } from '../metrics/normalizers.js';
import { nrmse } from '../metrics/nrmse.js';
import { fitShapeModel, type ShapeModel } from '../metrics/shape-model.js';
import type { HeatmapUNet } from '../networks/heatmap-unet.js';
import type { HighToLowGenerator } from '../networks/high-to-low-generator.js';
import { Random } from '../random.js';
import { generateFaces } from '../training/generate-faces.js';
import type { NetworkFace } from '../training/heatmap-trainer.js';
import { predictLandmarks } from '../training/predict-landmarks.js';

/** The settings of section 4.1, in the order of Table 1b. */
export const ABLATION_SETTINGS = ['S1', 'S2', 'S3', 'S4'] as const;
/** One of {@link ABLATION_SETTINGS}. */
export type AblationSetting = (typeof ABLATION_SETTINGS)[number];

/** What Table 1b tells of a setting, in percent. */
export interface AblationResult {
  nrmse: number;
  nrmseStd: number;
  auc007: number;
  auc008: number;
}

/** Table 1b of the paper: 4,386 AFLW test faces, made small by the paper's G1. */
export const PAPER_ABLATION: Readonly<Record<AblationSetting, AblationResult>> = {
  S1: { nrmse: 11.33, nrmseStd: 9.81, auc007: 11.897, auc008: 21.894 },
  S2: { nrmse: 4.23, nrmseStd: 4.52, auc007: 50.843, auc008: 55.751 },
  S3: { nrmse: 4.12, nrmseStd: 4.43, auc007: 51.889, auc008: 56.791 },
  S4: { nrmse: 4.123, nrmseStd: 4.394, auc007: 51.775, auc008: 56.697 },
};

const NOISE_STREAM = 6;
const BATCH_SIZE = 32;

/**
 * Labelled low-resolution faces to compare the settings on: held-out faces as G1 makes them small, since nobody has labelled real ones.
 *
 * @param seed Of G1's noise; the same for all settings.
 */
export async function generateTestFaces(
  generator: HighToLowGenerator,
  dataset: LandmarkDataset,
  seed: number,
): Promise<NetworkFace[]> {
  const { inputSize } = generator.config;
  const whole = { left: 0, top: 0, side: inputSize };
  const faces: NetworkFace[] = [];
  for (let first = 0; first < dataset.length; first += BATCH_SIZE) {
    const indices = Array.from({ length: Math.min(BATCH_SIZE, dataset.length - first) }, (_, i) => first + i);
    const randoms = indices.map((index) => new Random(seed, NOISE_STREAM, index));
    const samples = await Promise.all(indices.map((index) => dataset.get(index)));
    const cut = samples.map((sample, i) => augmentFace(sample, dataset.scheme, inputSize, noAugmentation, randoms[i]!));
    const images = await generateFaces(
      generator,
      cut.map(({ image }) => image),
      randoms,
    );
    cut.forEach(({ points }, i) => {
      const placed = points.map((point) => pointToCrop(point, whole, generator.outputSize));
      faces.push({ image: images[i]!, points: placed });
    });
  }
  return faces;
}

/** The errors of a network's predictions, one a face, as shares of the size of the landmarks' box. */
export async function errorsOn(network: HeatmapUNet, faces: readonly NetworkFace[]): Promise<number[]> {
  const predictions = await predictLandmarks(
    network,
    faces.map(({ image }) => image),
  );
  return faces.map(({ points }, index) => faceError(predictions[index]!, points, boxSize(boundingBox(points))));
}

/** A row of Table 1b. */
export function summarizeErrors(errors: readonly number[]): AblationResult {
  const { mean, std } = nrmse(errors);
  return {
    nrmse: mean,
    nrmseStd: std,
    auc007: areaUnderCurve(errors, 0.07),
    auc008: areaUnderCurve(errors, 0.08),
  };
}

/** A model of the shapes of a dataset's faces. */
export async function shapeModelOf(dataset: LandmarkDataset): Promise<ShapeModel> {
  const shapes: Point[][] = [];
  for (let index = 0; index < dataset.length; index++) shapes.push((await dataset.get(index)).points);
  return fitShapeModel(shapes);
}

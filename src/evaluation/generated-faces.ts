import type { LandmarkDataset } from '../datasets/dataset.js';
import { generateTestFaces } from '../experiments/ablation.js';
import { boundingBox } from '../geometry/box.js';
import { faceBoxFromLandmarks } from '../landmarks/face-box.js';
import { boxSize } from '../metrics/normalizers.js';
import type { HighToLowGenerator } from '../networks/high-to-low-generator.js';
import { type EvaluatedFace, type FaceSet, faceSetOf } from './evaluated-face.js';

/**
 * The faces of Table 1b: held-out faces as G1 makes them small (`generateTestFaces`), each an image of G1's output size, which is just
 * what a detector looks at for the face's box.
 *
 * @param seed Of G1's noise.
 */
export async function generatedFaces(
  generator: HighToLowGenerator,
  dataset: LandmarkDataset,
  seed: number,
): Promise<FaceSet> {
  const faces = await generateTestFaces(generator, dataset, seed);
  const evaluated: EvaluatedFace[] = [];
  for (const [index, { image, points }] of faces.entries()) {
    const size = boxSize(boundingBox(points));
    evaluated.push({
      id: (await dataset.get(index)).id,
      group: dataset.group(index),
      image,
      box: faceBoxFromLandmarks(points),
      points,
      size,
      normalizer: size,
    });
  }
  return faceSetOf('faces made small by G1', dataset.scheme, evaluated);
}

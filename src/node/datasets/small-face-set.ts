import type { LandmarkDataset } from '../../datasets/dataset.js';
import { evenlySpread } from '../../datasets/dataset-tools.js';
import { type EvaluatedFace, type FaceSet, LANDMARKS_BOX } from '../../evaluation/evaluated-face.js';
import { boundingBox } from '../../geometry/box.js';
import { FACE_SIZE_RANGES, type SizeRange } from '../../metrics/face-sizes.js';
import { boxSize } from '../../metrics/normalizers.js';
import { EVALUATION_SEED, shrinkFace } from './shrink-face.js';

/** The boxes that predictors get: exactly the landmarks', or as of a poor face detector (`jitterBox`). */
export type BoxKind = 'exact' | 'jittered';

/** How {@link smallFaceSet} shrinks faces. */
export interface SmallFaceSetOptions {
  /** Each photograph is shrunk once to each; 12-16, 16-20, 20-26 and 26-40 px by default. */
  sizes?: readonly Readonly<SizeRange>[] | undefined;
  boxes?: BoxKind | undefined;
  /** 2019 by default, that of the published table. */
  seed?: number | undefined;
  /** Most photographs, spread evenly over the dataset; all by default. */
  limit?: number | undefined;
}

/**
 * Labelled small faces to compare predictors on: photographs of 68 points shrunk by `shrinkFace`, one size range after
 * the other. Errors are shares of the landmarks' bounding box. Each face is made when first asked for, and kept.
 *
 * @example
 * const small = smallFaceSet('shrunk AFW', await open300W('300w/afw'), { limit: 50 });
 */
export function smallFaceSet(
  name: string,
  dataset: LandmarkDataset,
  { sizes = FACE_SIZE_RANGES, boxes = 'exact', seed = EVALUATION_SEED, limit }: SmallFaceSetOptions = {},
): FaceSet {
  const chosen = evenlySpread(dataset.length, limit);
  const made: Promise<EvaluatedFace>[] = [];
  const make = async (index: number): Promise<EvaluatedFace> => {
    const range = sizes[Math.floor(index / chosen.length)]!;
    const number = chosen[index % chosen.length]!;
    const { exactBox, jitteredBox, ...face } = await shrinkFace(await dataset.get(number), range, number, seed);
    return {
      ...face,
      id: `${face.id} at ${range.low}-${range.high}`,
      group: dataset.group(number),
      box: boxes === 'exact' ? exactBox : jitteredBox,
      normalizer: boxSize(boundingBox(face.points)),
    };
  };
  return {
    name,
    scheme: dataset.scheme,
    normalizer: LANDMARKS_BOX,
    length: chosen.length * sizes.length,
    face(index) {
      made[index] ??= make(index);
      return made[index];
    },
  };
}

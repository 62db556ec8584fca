import type { LandmarkDataset } from '../datasets/dataset.js';
import type { LandmarkSample } from '../datasets/samples.js';
import { type Box, boundingBox } from '../geometry/box.js';
import type { Point } from '../geometry/point.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import { faceBoxFromLandmarks } from '../landmarks/face-box.js';
import type { SchemeName } from '../landmarks/schemes.js';
import { boxSize } from '../metrics/normalizers.js';

/** The annotation of a face that predictors are measured on. */
export interface FaceTruth {
  /** Names the face in reports. */
  id: string;
  /** The person or photograph. Faces of one group, such as a photograph at several sizes, are not independent. */
  group: string;
  /** The annotated points in the image's pixels; NaN where not visible. */
  points: Point[];
  /** Size of the face in pixels, by which tables group: `sqrt(width * height)` of its box. */
  size: number;
  /** What errors are divided by to give shares of the face, in pixels: section 4's "bounding box size". */
  normalizer: number;
}

/** A labelled face as predictors get it. */
export interface EvaluatedFace extends FaceTruth {
  image: RgbImage;
  /** The box passed to predictors. */
  box: Box;
}

/** Labelled faces to measure predictors on, read when asked for. */
export interface FaceSet {
  /** Names the set in tables: `300-W AFW`. */
  readonly name: string;
  /** Points per face. */
  readonly scheme: SchemeName;
  /** What `FaceTruth.normalizer` measures, in words. */
  readonly normalizer: string;
  readonly length: number;
  /** The face at `index` (0 to `length - 1`); the same one every time. */
  face(index: number): Promise<EvaluatedFace>;
}

/** What errors are divided by in this library's own tables: `boxSize` of the smallest box around a face's landmarks. */
export const LANDMARKS_BOX = 'box of the landmarks';

/** Faces in memory as a set; `normalizer` as in {@link FaceSet}. */
export function faceSetOf(
  name: string,
  scheme: SchemeName,
  faces: readonly EvaluatedFace[],
  normalizer: string = LANDMARKS_BOX,
): FaceSet {
  return { name, scheme, normalizer, length: faces.length, face: async (index) => faces[index]! };
}

/**
 * Labelled photographs as they are, in boxes from their landmarks (`faceBoxFromLandmarks`). Errors are shares of the
 * landmarks' bounding box.
 *
 * @example
 * const set = facesOfDataset('AFW', await open300W('300w/afw'));
 */
export function facesOfDataset(name: string, dataset: LandmarkDataset): FaceSet {
  return {
    name,
    scheme: dataset.scheme,
    normalizer: LANDMARKS_BOX,
    length: dataset.length,
    face: async (index) => faceOfSample(await dataset.get(index), dataset.group(index)),
  };
}

function faceOfSample({ id, image, points }: LandmarkSample, group: string): EvaluatedFace {
  const box = faceBoxFromLandmarks(points);
  return { id, group, image, box, points, size: boxSize(box), normalizer: boxSize(boundingBox(points)) };
}

/** The annotations of every face of a set, without the pictures. */
export async function truthsOf(faces: FaceSet): Promise<FaceTruth[]> {
  const truths: FaceTruth[] = [];
  for (let index = 0; index < faces.length; index++) {
    const { id, group, points, size, normalizer } = await faces.face(index);
    truths.push({ id, group, points, size, normalizer });
  }
  return truths;
}

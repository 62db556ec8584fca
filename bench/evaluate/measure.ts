import type { Box } from '../../src/geometry/box.js';
import { boundingBox } from '../../src/geometry/box.js';
import type { Point } from '../../src/geometry/point.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';
import { convertLandmarks } from '../../src/landmarks/convert.js';
import { faceError } from '../../src/metrics/face-error.js';
import { boxSize, interOcularDistance, interPupilDistance } from '../../src/metrics/normalizers.js';
import type { SmallFace } from '../../src/node/datasets/shrink-face.js';

/** 68 points in the image's pixels, and how far they can be trusted. */
export interface Prediction {
  points: Point[];
  score: number;
}

/** Whatever finds 68 points in images, one box in each. */
export type Predict = (images: RgbImage[], boxes: Box[]) => Promise<Prediction[]>;

/** Errors of one face, as shares of the size that the name says. The box is the tight bounding box of the 68 points. */
export interface FaceErrors {
  points68ByBox: number;
  points5ByBox: number;
  points68ByInterOcular: number;
  points68ByInterPupil: number;
  score: number;
}

export type BoxKind = 'exactBox' | 'jitteredBox';

const BATCH = 32;

/** Errors of a predictor on each face, with the boxes of a kind. */
export async function measure(predict: Predict, faces: readonly SmallFace[], kind: BoxKind): Promise<FaceErrors[]> {
  const errors: FaceErrors[] = [];
  for (let start = 0; start < faces.length; start += BATCH) {
    const batch = faces.slice(start, start + BATCH);
    const predictions = await predict(
      batch.map(({ image }) => image),
      batch.map((face) => face[kind]),
    );
    predictions.forEach((prediction, index) => {
      errors.push(faceErrors(prediction, batch[index]!.points));
    });
  }
  return errors;
}

function faceErrors({ points, score }: Prediction, truth: readonly Point[]): FaceErrors {
  const size = boxSize(boundingBox(truth));
  return {
    points68ByBox: faceError(points, truth, size),
    points5ByBox: faceError(convertLandmarks(points, 68, 5), convertLandmarks(truth, 68, 5), size),
    points68ByInterOcular: faceError(points, truth, interOcularDistance(truth)),
    points68ByInterPupil: faceError(points, truth, interPupilDistance(truth)),
    score,
  };
}

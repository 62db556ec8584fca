import { InvalidArgumentError } from '../errors.js';
import type { Point } from '../geometry/point.js';
import { placeShape } from '../landmarks/mean-shape.js';
import { landmarkSchemes, type SchemeName } from '../landmarks/schemes.js';
import type { LandmarkPredictor } from './landmark-predictor.js';
import { MEAN_FACE_68 } from './mean-face.js';

/**
 * The floor that every table shows: a mean face placed in the box, whatever the image.
 *
 * @param shape In coordinates of the face box, as `meanShape` gives it; by default the mean of 300-W's Helen, 68
 * points.
 * @throws InvalidArgumentError unless it has 68, 19 or 5 points.
 * @example
 * const floor = meanShapePredictor(meanShape(trainingFaces));
 */
export function meanShapePredictor(shape: readonly Point[] = MEAN_FACE_68, name = 'mean-shape'): LandmarkPredictor {
  if (!Object.hasOwn(landmarkSchemes, shape.length)) {
    throw new InvalidArgumentError(`A mean shape has 68, 19 or 5 points; got ${shape.length}.`);
  }
  return { name, scheme: shape.length as SchemeName, predict: async (_, box) => placeShape(shape, box) };
}

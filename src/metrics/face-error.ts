import { InvalidArgumentError } from '../errors.js';
import type { Point } from '../geometry/point.js';
import { mean } from '../geometry/sums.js';
import { pointDistances } from './point-errors.js';

/**
 * Error of one face: the mean distance between predicted and annotated visible points, divided by the size of the face.
 * 0 is perfect, 0.08 is 8 % of the face. Its mean over faces is the paper's NRMSE (section 4).
 *
 * @param predicted Predicted points. NaN for a visible point makes the error infinite: leaving points out must not pay.
 * @param truth Annotated points; NaN coordinates mark invisible ones, which do not count.
 * @param normalizer Size of the face in pixels: `boxSize(box)`, `interPupilDistance(truth)` or
 *   `interOcularDistance(truth)`.
 * @throws InvalidArgumentError when the lengths differ, no point is visible, or the normalizer is not positive.
 * @example
 * const error = faceError(detection.points, truth, boxSize(box));
 */
export function faceError(predicted: readonly Point[], truth: readonly Point[], normalizer: number): number {
  const visible = pointDistances(predicted, truth, normalizer).filter((distance) => !Number.isNaN(distance));
  if (visible.length === 0) {
    throw new InvalidArgumentError(`None of the ${truth.length} points is visible: leave this face out.`);
  }
  return mean(visible) / normalizer;
}

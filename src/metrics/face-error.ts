import { InvalidArgumentError } from '../errors.js';
import type { Point } from '../geometry/point.js';
import { assertSameLength } from './validate.js';

/**
 * Error of one face: the mean, over its visible points, of the distance between prediction and annotation, divided by the size
 * of the face. 0 is perfect, 0.08 is 8 % of the face. Its mean over faces is the paper's NRMSE (section 4).
 *
 * @param predicted Predicted points. One that is NaN where the annotation is not makes the error infinite: a detector must not
 * do better by leaving points out.
 * @param truth Annotated points; NaN coordinates mark invisible ones, which do not count.
 * @param normalizer Size of the face in pixels: `boxSize(box)`, `interPupilDistance(truth)` or `interOcularDistance(truth)`.
 * @throws InvalidArgumentError when the lengths differ, no point is visible, or the normalizer is not positive.
 * @example
 * ```ts
 * const error = faceError(detection.points, truth, boxSize(box));
 * ```
 */
export function faceError(predicted: readonly Point[], truth: readonly Point[], normalizer: number): number {
  assertSameLength(predicted, truth, 'Predicted and annotated points');
  if (!(normalizer > 0 && Number.isFinite(normalizer))) {
    throw new InvalidArgumentError(
      `Normalizer ${normalizer} must be a positive size in pixels. An eye distance is NaN where an eye point is invisible: use boxSize.`,
    );
  }
  let sum = 0;
  let visible = 0;
  truth.forEach(({ x, y }, index) => {
    if (Number.isNaN(x) || Number.isNaN(y)) return;
    const distance = Math.hypot(predicted[index]!.x - x, predicted[index]!.y - y);
    sum += Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance;
    visible += 1;
  });
  if (visible === 0) {
    throw new InvalidArgumentError(
      `None of the ${truth.length} points is visible: leave this face out of the evaluation.`,
    );
  }
  return sum / visible / normalizer;
}

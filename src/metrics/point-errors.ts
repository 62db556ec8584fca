import { InvalidArgumentError } from '../errors.js';
import type { Point } from '../geometry/point.js';
import { mean } from '../geometry/sums.js';
import { isVisible } from '../landmarks/visibility.js';
import { assertSameLength } from './validate.js';

/**
 * Error of each point of a face: the distance between prediction and annotation, divided by the size of the face.
 * {@link faceError} is the mean of those that are not NaN.
 *
 * @param truth Annotated points; NaN coordinates mark invisible ones.
 * @param normalizer Size of the face in pixels, as for `faceError`.
 * @returns One number per point: NaN where the annotation is invisible, infinity where it is visible and the prediction
 *   NaN.
 * @throws InvalidArgumentError when the lengths differ or the normalizer is not positive.
 */
export function pointErrors(predicted: readonly Point[], truth: readonly Point[], normalizer: number): number[] {
  return pointDistances(predicted, truth, normalizer).map((distance) => distance / normalizer);
}

/** {@link pointErrors} in pixels. The normalizer is only checked. */
export function pointDistances(predicted: readonly Point[], truth: readonly Point[], normalizer: number): number[] {
  assertSameLength(predicted, truth, 'Predicted and annotated points');
  if (!(normalizer > 0 && Number.isFinite(normalizer))) {
    const remedy = 'An eye distance is NaN when an eye is invisible: use boxSize.';
    throw new InvalidArgumentError(`Normalizer ${normalizer} must be a positive size in pixels. ${remedy}`);
  }
  return truth.map((point, index) => {
    if (!isVisible(point)) return Number.NaN;
    const distance = Math.hypot(predicted[index]!.x - point.x, predicted[index]!.y - point.y);
    return Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance;
  });
}

/** The error of one point over many faces. */
export interface PointSummary {
  /** Mean error over the faces on which the point is visible and predicted; NaN without such faces. */
  mean: number;
  /** Number of faces on which it is visible. */
  visible: number;
  /** Number of these on which it was not predicted (an infinite error). */
  failed: number;
}

/**
 * The error of each point over faces.
 *
 * @param faces The {@link pointErrors} of each face.
 * @returns One summary per point, in the scheme's order.
 * @throws InvalidArgumentError without faces, when their numbers of points differ, or an error is negative.
 * @example
 * const perFace = faces.map(({ predicted, truth, box }) => pointErrors(predicted, truth, boxSize(box)));
 * const summaries = summarizePoints(perFace);
 * summaries[30].mean; // the nose tip's
 */
export function summarizePoints(faces: readonly (readonly number[])[]): PointSummary[] {
  const length = faces[0]?.length;
  if (length === undefined) throw new InvalidArgumentError('A metric needs the errors of at least one face; got none.');
  faces.forEach((errors, face) => {
    if (errors.length !== length) {
      throw new InvalidArgumentError(`Face ${face} has errors of ${errors.length} points, face 0 of ${length}.`);
    }
    const negative = errors.findIndex((error) => error < 0);
    if (negative !== -1) {
      throw new InvalidArgumentError(
        `Error ${errors[negative]} of point ${negative} of face ${face} must be at least 0, or NaN where invisible.`,
      );
    }
  });
  return Array.from({ length }, (_, point) => {
    const visible = faces.map((errors) => errors[point]!).filter((error) => !Number.isNaN(error));
    const found = visible.filter(Number.isFinite);
    return { mean: mean(found), visible: visible.length, failed: visible.length - found.length };
  });
}

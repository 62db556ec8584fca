import { InvalidArgumentError } from '../errors.js';
import type { Box } from '../geometry/box.js';
import type { Point } from '../geometry/point.js';
import { centroid } from '../geometry/sums.js';

/**
 * Size of a face by its box, `sqrt(width * height)` in pixels: the normalizer of AFLW, ALRF and this library's tables.
 */
export function boxSize(box: Box): number {
  return Math.sqrt(box.width * box.height);
}

/**
 * Distance in pixels between the eye centres (means of points 36..41 and 42..47): a normalizer of 300-W. The paper's
 * Table 4 mixes it with {@link interOcularDistance}, which is about 1.4 times as long, so say which one was used.
 *
 * @returns NaN, which {@link faceError} rejects, when one of the twelve points is invisible: leave the face out, or use
 *   {@link boxSize}.
 * @throws InvalidArgumentError unless there are 68 points.
 */
export function interPupilDistance(points68: readonly Point[]): number {
  assert68(points68);
  return distance(centroid(points68.slice(36, 42)), centroid(points68.slice(42, 48)));
}

/**
 * Distance in pixels between the outer eye corners (points 36 and 45): the other normalizer of 300-W.
 *
 * @returns NaN, which {@link faceError} rejects, when either point is invisible: leave the face out, or use {@link
 *   boxSize}.
 * @throws InvalidArgumentError unless there are 68 points.
 */
export function interOcularDistance(points68: readonly Point[]): number {
  assert68(points68);
  return distance(points68[36]!, points68[45]!);
}

function assert68(points: readonly Point[]): void {
  if (points.length !== 68) {
    throw new InvalidArgumentError(`Eye distances need a face of 68 points; got ${points.length}.`);
  }
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

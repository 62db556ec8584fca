import { InvalidArgumentError } from '../errors.js';
import type { Box } from '../geometry/box.js';
import type { Point } from '../geometry/point.js';

/** Size of a face by its box, `sqrt(width * height)` in pixels: the normalizer of AFLW, of ALRF and of this library's own tables. */
export function boxSize(box: Box): number {
  return Math.sqrt(box.width * box.height);
}

/**
 * Distance in pixels between the eye centres (means of points 36..41 and 42..47) of a face of 68 points: a normalizer of 300-W.
 * The paper's Table 4 mixes it with {@link interOcularDistance}, which is about 1.4 times as long, so say which one was used.
 *
 * @returns NaN when one of the twelve points is invisible: {@link faceError} then says so. Leave the face out, or use {@link boxSize}.
 * @throws InvalidArgumentError unless there are 68 points.
 */
export function interPupilDistance(points68: readonly Point[]): number {
  assert68(points68);
  return distance(centre(points68.slice(36, 42)), centre(points68.slice(42, 48)));
}

/**
 * Distance in pixels between the outer eye corners (36 and 45) of a face of 68 points: the other normalizer of 300-W.
 *
 * @returns NaN when one of the two points is invisible: {@link faceError} then says so. Leave the face out, or use {@link boxSize}.
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

function centre(points: readonly Point[]): Point {
  const sum = points.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

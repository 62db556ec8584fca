import { InvalidArgumentError } from '../errors.js';
import type { Box } from '../geometry/box.js';
import type { Point } from '../geometry/point.js';
import { isVisible } from './visibility.js';

/**
 * The mean face shape in coordinates of the face box: (0, 0) is its upper left corner, (1, 1) its lower right. Placed
 * in a box it is a prediction that ignores the image: the baseline every detector must beat.
 *
 * @param samples Faces with the same number of points each; invisible (NaN) points do not count.
 * @returns One point per landmark, NaN where it is visible in no sample.
 * @throws InvalidArgumentError without samples, or when their numbers of points differ.
 */
export function meanShape(samples: readonly { points: readonly Point[]; box: Box }[]): Point[] {
  const length = samples[0]?.points.length;
  if (length === undefined) throw new InvalidArgumentError('A mean shape needs at least one sample; got none.');
  const sums = Array.from({ length }, () => ({ x: 0, y: 0, visible: 0 }));
  for (const { points, box } of samples) {
    if (points.length !== length) {
      throw new InvalidArgumentError(`A mean shape needs one scheme; got ${length} and ${points.length} points.`);
    }
    points.forEach((point, index) => {
      if (!isVisible(point)) return;
      const { x, y } = point;
      const sum = sums[index]!;
      // Boxes are measured at pixel edges, points at pixel centres.
      sum.x += (x + 0.5 - box.x) / box.width;
      sum.y += (y + 0.5 - box.y) / box.height;
      sum.visible += 1;
    });
  }
  return sums.map(({ x, y, visible }) => ({ x: x / visible, y: y / visible }));
}

/** A shape in box coordinates, such as {@link meanShape}'s, as points in the pixels of the box's image. */
export function placeShape(shape: readonly Point[], box: Box): Point[] {
  return shape.map(({ x, y }) => ({ x: box.x + x * box.width - 0.5, y: box.y + y * box.height - 0.5 }));
}

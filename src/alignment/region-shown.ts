import { type Affine, applyAffine, invertAffine } from '../geometry/affine.js';
import type { SquareCrop } from '../geometry/crop.js';

/** The smallest upright square with all that an aligned face of `size` pixels shows. */
export function regionShown(map: Affine, size: number): SquareCrop {
  const inverse = invertAffine(map);
  const [first, last] = [-0.5, size - 0.5];
  const corners = [first, last].flatMap((x) => [first, last].map((y) => applyAffine(inverse, { x, y })));
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const side = Math.max(right - left, bottom - top);
  return { left: (left + right - side + 1) / 2, top: (top + bottom - side + 1) / 2, side };
}

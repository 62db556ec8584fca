import { InvalidArgumentError } from '../errors.js';
import type { Point } from './point.js';

/** An affine map of points, `x' = a x + b y + c`, `y' = d x + e y + f`, as `[a, b, c, d, e, f]`. */
export type Affine = readonly [number, number, number, number, number, number];

/** Maps a point; NaN (not visible) stays NaN. */
export function applyAffine([a, b, c, d, e, f]: Affine, { x, y }: Point): Point {
  return { x: a * x + b * y + c, y: d * x + e * y + f };
}

/** A rotation by `degrees` (clockwise on screen) and scaling about `centre`, which then moves to `target`. */
export function similarityAbout(centre: Point, degrees: number, scale: number, target: Point): Affine {
  const cosine = scale * Math.cos((degrees * Math.PI) / 180);
  const sine = scale * Math.sin((degrees * Math.PI) / 180);
  return [
    cosine,
    -sine,
    target.x - cosine * centre.x + sine * centre.y,
    sine,
    cosine,
    target.y - sine * centre.x - cosine * centre.y,
  ];
}

/**
 * Two maps in one: `applyAffine(composeAffine(first, then), p)` is `applyAffine(then, applyAffine(first, p))`.
 *
 * @example
 * const doubled: Affine = [2, 0, 0.5, 0, 2, 0.5]; // Pixel centres of an image enlarged by 2.
 * const map = composeAffine(alignAffine(points, faceTemplate(32)), doubled); // The face at 64 pixels.
 */
export function composeAffine(first: Affine, then: Affine): Affine {
  const [a, b, c, d, e, f] = first;
  const [p, q, r, s, t, u] = then;
  return [p * a + q * d, p * b + q * e, p * c + q * f + r, s * a + t * d, s * b + t * e, s * c + t * f + u];
}

/**
 * The inverse of an affine map.
 *
 * @throws InvalidArgumentError when there is none: the map is not finite, or takes the plane to a line or a point.
 */
export function invertAffine([a, b, c, d, e, f]: Affine): Affine {
  const determinant = a * e - b * d;
  const inverse: Affine = [
    e / determinant,
    -b / determinant,
    (b * f - c * e) / determinant,
    -d / determinant,
    a / determinant,
    (c * d - a * f) / determinant,
  ];
  if (!inverse.every(Number.isFinite)) {
    throw new InvalidArgumentError(`The affine map [${[a, b, c, d, e, f].join(', ')}] has no inverse.`);
  }
  return inverse;
}

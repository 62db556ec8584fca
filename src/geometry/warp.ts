import { InvalidArgumentError, InvalidImageError } from '../errors.js';
import { type Interpolation, interpolationKernel } from './interpolation.js';
import type { Point } from './point.js';
import type { RgbImage } from './rgb-image.js';
import { warpBicubic } from './warp-bicubic.js';

/** An affine map of points, `x' = a x + b y + c`, `y' = d x + e y + f`, as `[a, b, c, d, e, f]`. */
export type Affine = readonly [number, number, number, number, number, number];

/** Where an affine map takes a point; NaN (not visible) stays NaN. */
export function applyAffine([a, b, c, d, e, f]: Affine, { x, y }: Point): Point {
  return { x: a * x + b * y + c, y: d * x + e * y + f };
}

/**
 * A rotation by `degrees` (clockwise on screen) and scaling about `centre`, which then moves to `target`.
 */
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
 * The map that does one and then another: `applyAffine(composeAffine(first, then), p)` is `applyAffine(then, applyAffine(first, p))`.
 *
 * @example
 * ```ts
 * const doubled: Affine = [2, 0, 0.5, 0, 2, 0.5]; // Pixel centres of an image enlarged by 2.
 * const map = composeAffine(alignAffine(points, faceTemplate(32)), doubled); // The face at 64 pixels.
 * ```
 */
export function composeAffine(first: Affine, then: Affine): Affine {
  const [a, b, c, d, e, f] = first;
  const [p, q, r, s, t, u] = then;
  return [p * a + q * d, p * b + q * e, p * c + q * f + r, s * a + t * d, s * b + t * e, s * c + t * f + u];
}

/**
 * The map that undoes an affine map.
 *
 * @throws InvalidArgumentError when there is none: it takes the plane to a line or a point, or is not finite.
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
    throw new InvalidArgumentError(`The affine map [${[a, b, c, d, e, f].join(', ')}] cannot be undone.`);
  }
  return inverse;
}

/**
 * Resamples an image to `size x size` so that source point `p` comes to `applyAffine(map, p)`; the border is repeated.
 * It does not smooth first: a map that shrinks by more than 2 aliases, see {@link cropAndResize}. It works on one image and needs no
 * backend; `warpImage` does the same to batches of tensors.
 *
 * @param interpolation `'bilinear'` by default; `'bicubic'` values may overshoot 0-255, and are not clipped.
 * @throws InvalidArgumentError for a map that cannot be undone, and an unknown interpolation.
 * @throws InvalidImageError for an image of less than 2 x 2 pixels.
 */
export function warpAffine(
  image: RgbImage,
  map: Affine,
  size: number,
  interpolation: Interpolation = 'bilinear',
): RgbImage {
  const inverse = invertAffine(map);
  const [a, b, c, d, e, f] = inverse;
  const { data: source, width, height } = image;
  interpolationKernel(interpolation);
  if (width < 2 || height < 2) {
    throw new InvalidImageError(`An image of ${width} x ${height} pixels cannot be warped: it needs at least 2 x 2.`);
  }
  if (interpolation === 'bicubic') return warpBicubic(image, inverse, size);
  const data = new Float32Array(size * size * 3);
  for (let y = 0, out = 0; y < size; y++) {
    for (let x = 0; x < size; x++, out += 3) {
      const sourceX = Math.min(width - 1, Math.max(0, a * x + b * y + c));
      const sourceY = Math.min(height - 1, Math.max(0, d * x + e * y + f));
      const column = Math.min(width - 2, Math.floor(sourceX));
      const row = Math.min(height - 2, Math.floor(sourceY));
      const right = sourceX - column;
      const down = sourceY - row;
      const topLeft = (row * width + column) * 3;
      const bottomLeft = topLeft + width * 3;
      for (let channel = 0; channel < 3; channel++) {
        const top = source[topLeft + channel]! * (1 - right) + source[topLeft + 3 + channel]! * right;
        const bottom = source[bottomLeft + channel]! * (1 - right) + source[bottomLeft + 3 + channel]! * right;
        data[out + channel] = top * (1 - down) + bottom * down;
      }
    }
  }
  return { data, width: size, height: size };
}

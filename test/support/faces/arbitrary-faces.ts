import * as fc from 'fast-check';
import { type Affine, applyAffine } from '../../../src/geometry/affine.js';
import type { Point } from '../../../src/geometry/point.js';

/** Numbers between two, never NaN. */
export const real = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

/** Five points around those of a face of some 40 pixels: never on a line. */
export const facePoints: fc.Arbitrary<Point[]> = fc
  .array(fc.record({ x: real(-3, 3), y: real(-3, 3) }), { minLength: 5, maxLength: 5 })
  .map((shifts) =>
    [
      [12, 14],
      [28, 14],
      [20, 22],
      [14, 31],
      [26, 31],
    ].map(([x, y], index) => ({ x: x! + shifts[index]!.x, y: y! + shifts[index]!.y })),
  );

/** Affine maps that have an inverse: a turn, two scalings, a shear, a shift. */
export const affineMaps: fc.Arbitrary<Affine> = fc
  .tuple(real(-Math.PI, Math.PI), real(0.2, 5), real(0.2, 5), real(-1, 1), real(-200, 200), real(-200, 200))
  .map(([angle, wide, high, shear, x, y]) => {
    const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
    return [cosine * wide, shear * cosine - sine * high, x, sine * wide, shear * sine + cosine * high, y];
  });

/** Rotation by an angle, uniform scaling and a shift. */
export const similarities: fc.Arbitrary<Affine> = fc
  .tuple(real(-Math.PI, Math.PI), real(0.2, 5), real(-200, 200), real(-200, 200))
  .map(([angle, scale, x, y]) => {
    const [cosine, sine] = [scale * Math.cos(angle), scale * Math.sin(angle)];
    return [cosine, -sine, x, sine, cosine, y];
  });

export const moved = (points: readonly Point[], map: Affine): Point[] => points.map((point) => applyAffine(map, point));

/** The sum of squared distances that alignments make least. */
export function misfit(from: readonly Point[], to: readonly Point[], map: Affine): number {
  return moved(from, map).reduce((sum, { x, y }, i) => sum + (x - to[i]!.x) ** 2 + (y - to[i]!.y) ** 2, 0);
}

import type { Point } from '../../src/geometry/point.js';
import type { Random } from '../../src/random.js';

/** A heatmap written down independently of the library's encoder: SPEC section 4, with additive noise of a share of the amplitude. */
export function gaussianMap(centre: Point, size: number, noise = 0, random?: Random): Float32Array {
  return Float32Array.from({ length: size * size }, (_, index) => {
    const squared = (centre.x - (index % size)) ** 2 + (centre.y - Math.floor(index / size)) ** 2;
    const value = Math.exp(-squared / 8);
    return (value < 0.01 ? 0 : value) + (random && noise > 0 ? random.normal(0, noise) : 0);
  });
}

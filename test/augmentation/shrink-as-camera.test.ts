import { describe, expect, it } from 'vitest';
import { shrinkAsCamera } from '../../src/augmentation/shrink-as-camera.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';
import { Random } from '../../src/random.js';

/** A dark picture with a bright disc about each point. */
function pictureOf(width: number, height: number, points: readonly { x: number; y: number }[]): RgbImage {
  const data = new Uint8Array(width * height * 3).fill(40);
  for (let i = 0; i < data.length; i++) {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    if (points.some((point) => Math.hypot(x - point.x, y - point.y) < 8)) data[i] = 220;
  }
  return { data, width, height };
}

/** The middle of what is brighter than the ground, in the window about a place. */
function brightMiddle({ data, width, height }: RgbImage, place: { x: number; y: number }) {
  const sum = { x: 0, y: 0, weight: 0 };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (Math.hypot(x - place.x, y - place.y) > 6) continue;
      const weight = Math.max(0, data[(y * width + x) * 3 + 1]! - 90);
      sum.x += weight * x;
      sum.y += weight * y;
      sum.weight += weight;
    }
  }
  return { x: sum.x / sum.weight, y: sum.y / sum.weight };
}

const points = [
  { x: 40, y: 30 },
  { x: 100, y: 52 },
  { x: 70, y: 96 },
];

describe('shrinkAsCamera', () => {
  it('moves points with the pixels that they mark, in wide and in high pictures', () => {
    for (const [width, height] of [
      [160, 120],
      [120, 160],
    ] as const) {
      for (let seed = 0; seed < 30; seed++) {
        const small = shrinkAsCamera(pictureOf(width, height, points), points, 0.3, new Random(seed));
        expect([small.image.width, small.image.height]).toEqual([0.3 * width, 0.3 * height]);
        expect(small.image.data.length).toBe(small.image.width * small.image.height * 3);
        for (const point of small.points) {
          const found = brightMiddle(small.image, point);
          expect(Math.hypot(found.x - point.x, found.y - point.y)).toBeLessThan(0.6);
        }
      }
    }
  });

  it('keeps invisible points invisible, and at least one pixel', () => {
    const small = shrinkAsCamera(pictureOf(60, 2, []), [{ x: Number.NaN, y: Number.NaN }], 0.1, new Random(1));
    expect(small.points).toEqual([{ x: Number.NaN, y: Number.NaN }]);
    expect([small.image.width, small.image.height]).toEqual([6, 1]);
  });

  it('depends on the seed alone, and makes whole grey levels', () => {
    const face = pictureOf(160, 120, points);
    const of = (seed: number) => shrinkAsCamera(face, points, 0.3, new Random(seed)).image;
    expect(of(4)).toEqual(of(4));
    expect(of(4).data).not.toEqual(of(5).data);
    expect(of(4).data).toBeInstanceOf(Uint8ClampedArray);
  });
});

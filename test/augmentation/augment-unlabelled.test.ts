import { describe, expect, it } from 'vitest';
import { noAugmentation, paperAugmentation } from '../../src/augmentation/augment.js';
import { augmentUnlabelled, cropRotated } from '../../src/augmentation/augment-unlabelled.js';
import { cropAndResize, cropAround } from '../../src/geometry/crop.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';
import { Random } from '../../src/random.js';

/** Red grows to the right, green downwards. */
function ramp(width: number, height: number, step = 4): RgbImage {
  const data = new Float32Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    data[pixel * 3] = step * (pixel % width);
    data[pixel * 3 + 1] = step * Math.floor(pixel / width);
  }
  return { data, width, height };
}
const redAt = ({ data, width }: RgbImage, x: number, y: number) => data[(y * width + x) * 3]!;
const greenAt = ({ data, width }: RgbImage, x: number, y: number) => data[(y * width + x) * 3 + 1]!;

describe('augmentUnlabelled', () => {
  const box = { x: 14, y: 12, width: 20, height: 16 };
  const face = { id: 'face', image: ramp(50, 40), box };

  it('returns the crop of a detector without augmentation', () => {
    const cut = augmentUnlabelled(face, 32, noAugmentation, new Random(1));
    const expected = cropAndResize(face.image, cropAround(box), 32);
    // Enlarged bilinearly, a ramp is the same ramp.
    expect([cut.width, cut.height]).toEqual([32, 32]);
    for (const [i, value] of cut.data.entries()) expect(value).toBeCloseTo(expected.data[i]!, 2);
  });

  it('flips, rotates, scales and shifts within the limits, the same way for the same random numbers', () => {
    const flipped = augmentUnlabelled(face, 32, { ...noAugmentation, flip: 1 }, new Random(1));
    const plain = augmentUnlabelled(face, 32, noAugmentation, new Random(1));
    expect(redAt(flipped, 3, 10)).toBeCloseTo(redAt(plain, 28, 10), 3);
    const pixel = 24 / 32;
    for (let seed = 0; seed < 50; seed++) {
      const moved = augmentUnlabelled(face, 32, { ...noAugmentation, shift: 0.1 }, new Random(seed));
      const shift = (redAt(moved, 16, 16) - redAt(plain, 16, 16)) / 4 / pixel;
      expect(Math.abs(shift)).toBeLessThanOrEqual(3.2 + 1e-3);
      const all = () => augmentUnlabelled(face, 32, paperAugmentation, new Random(seed));
      expect(all().data).toEqual(all().data);
    }
  });

  it('shrinks a large face without skipping pixels', () => {
    const stripes = ramp(256, 256, 0);
    for (let i = 0; i < stripes.data.length; i++) stripes.data[i] = Math.floor(i / 3) % 2 === 0 ? 0 : 200;
    const large = { id: 'large', image: stripes, box: { x: 30, y: 30, width: 190, height: 190 } };
    const { data } = augmentUnlabelled(large, 32, noAugmentation, new Random(1));
    for (const value of data) expect(value).toBeCloseTo(100, -1);
  });
});

describe('cropRotated', () => {
  it('rotates about the middle, clockwise', () => {
    const image = ramp(41, 41);
    const crop = { middle: { x: 20, y: 20 }, side: 33, degrees: 90 };
    const turned = cropRotated(image, crop, 33);
    // What was to the right is now below.
    expect(redAt(turned, 16, 26)).toBeCloseTo(4 * 30, 3);
    expect(greenAt(turned, 16, 26)).toBeCloseTo(4 * 20, 3);
  });
});

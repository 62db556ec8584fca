import { describe, expect, it } from 'vitest';
import { augmentAligned } from '../../src/augmentation/augment-aligned.js';
import { Random } from '../../src/random.js';

/** Red is 10 times the row plus the column. */
const face = {
  data: Uint8Array.from({ length: 27 }, (_, i) => {
    const [pixel, channel] = [Math.floor(i / 3), i % 3];
    return channel === 0 ? 10 * Math.floor(pixel / 3) + (pixel % 3) : channel;
  }),
  width: 3,
  height: 3,
};

const reds = ({ data }: { data: ArrayLike<number> }) => Array.from(data).filter((_, i) => i % 3 === 0);

describe('augmentAligned', () => {
  it('changes nothing with flip and shift off', () => {
    expect(augmentAligned(face, { flip: 0, shift: 0 }, new Random(1))).toBe(face);
  });

  it('mirrors every face at a probability of 1', () => {
    const found = augmentAligned(face, { flip: 1, shift: 0 }, new Random(1));
    expect(reds(found)).toEqual([2, 1, 0, 12, 11, 10, 22, 21, 20]);
  });

  it('shifts to each of the nine places about equally often, repeats the border, and keeps colours together', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 900; i++) {
      const found = augmentAligned(face, { flip: 0, shift: 1 }, new Random(2, i));
      counts.set(reds(found).join(), (counts.get(reds(found).join()) ?? 0) + 1);
      expect(Array.from(found.data).slice(1, 3)).toEqual([1, 2]);
    }
    expect(counts.size).toBe(9);
    for (const count of counts.values()) expect(count).toBeGreaterThan(60);
    // One to the right, one down.
    expect(counts.has([0, 0, 1, 0, 0, 1, 10, 10, 11].join())).toBe(true);
    expect(counts.has([11, 12, 12, 21, 22, 22, 21, 22, 22].join())).toBe(true);
  });

  it('depends on the random numbers alone', () => {
    const run = () => augmentAligned(face, { flip: 0.5, shift: 1 }, new Random(9, 4));
    expect(run()).toEqual(run());
  });
});

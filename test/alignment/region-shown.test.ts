import { describe, expect, it } from 'vitest';
import { regionShown } from '../../src/alignment/region-shown.js';

describe('regionShown', () => {
  it('is the whole image for the identity, from edge to edge', () => {
    expect(regionShown([1, 0, 0, 0, 1, 0], 10)).toEqual({ left: 0, top: 0, side: 10 });
  });

  it('agrees with numbers worked out by hand for a doubled crop', () => {
    // Columns 3 and 4, rows 5 and 6, become 4 x 4 pixels: their edges 3 and 5 go to the edges 0 and 4.
    expect(regionShown([2, 0, -5.5, 0, 2, -9.5], 4)).toEqual({ left: 3, top: 5, side: 2 });
  });

  it('is the square around a rotated or oblong part', () => {
    const eighth = Math.SQRT1_2;
    const turned = regionShown([eighth, -eighth, 0, eighth, eighth, 0], 10);
    expect(turned.side).toBeCloseTo(10 * Math.SQRT2, 9);
    expect(regionShown([1, 0, 0, 0, 4, 1.5], 8)).toEqual({ left: 0, top: -3, side: 8 });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertLandmarks } from '../../src/landmarks/convert.js';
import { landmarkSchemes, type SchemeName } from '../../src/landmarks/schemes.js';

const schemes: SchemeName[] = [68, 19, 5];

describe.each(schemes)('scheme of %i points', (points) => {
  const { names, flip } = landmarkSchemes[points];

  it('has one unique kebab-case name per point', () => {
    expect(landmarkSchemes[points].points).toBe(points);
    expect(names).toHaveLength(points);
    expect(new Set(names).size).toBe(points);
    for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
  });

  it('has a flip that is its own inverse', () => {
    expect([...flip].sort((a, b) => a - b)).toEqual(names.map((_, index) => index));
    expect(flip.map((index) => flip[index])).toEqual(names.map((_, index) => index));
  });
});

describe('the flip of the mark-up', () => {
  function pairs(points: SchemeName): string[] {
    return landmarkSchemes[points].flip.flatMap((to, from) => (from < to ? [`${from}-${to}`] : []));
  }

  it('of 68 points', () => {
    const byHand =
      '17-26 18-25 19-24 20-23 21-22 31-35 32-34 36-45 37-44 38-43 39-42 40-47 41-46 48-54 49-53 50-52 55-59 56-58 60-64 61-63 65-67';
    const jaw = [0, 1, 2, 3, 4, 5, 6, 7].map((index) => `${index}-${16 - index}`);
    expect(pairs(68).sort()).toEqual([...jaw, ...byHand.split(' ')].sort());
  });
  it('of 19 points', () => {
    expect(pairs(19)).toEqual(['0-5', '1-4', '2-3', '6-11', '7-10', '8-9', '12-14', '15-17']);
  });
  it('of 5 points', () => expect(pairs(5)).toEqual(['0-1', '3-4']));
});

describe('landmark names', () => {
  it('shared by two schemes mean the same point', () => {
    // A point known by its index in x: a conversion that copies it keeps the index, one that averages does not.
    const conversions: [SchemeName, SchemeName][] = [
      [68, 19],
      [68, 5],
      [19, 5],
    ];
    for (const [from, to] of conversions) {
      const converted = convertLandmarks(
        Array.from({ length: from }, (_, x) => ({ x, y: 0 })),
        from,
        to,
      );
      converted.forEach(({ x }, index) => {
        const name = landmarkSchemes[to].names[index]!;
        const shared = landmarkSchemes[from].names.indexOf(name);
        if (shared !== -1) expect(x, name).toBe(shared);
      });
    }
  });

  it('match the positions of the 300-W points', () => {
    const expected = { 0: 'left-jaw-1', 8: 'chin', 16: 'right-jaw-1', 17: 'left-brow-outer', 26: 'right-brow-outer' };
    const rest = {
      30: 'nose-tip',
      36: 'left-eye-outer',
      39: 'left-eye-inner',
      42: 'right-eye-inner',
      45: 'right-eye-outer',
    };
    const mouth = { 48: 'left-mouth-corner', 51: 'upper-lip-top', 54: 'right-mouth-corner', 57: 'lower-lip-bottom' };
    for (const [index, name] of Object.entries({ ...expected, ...rest, ...mouth, 60: 'left-mouth-inner-corner' })) {
      expect(landmarkSchemes[68].names[Number(index)]).toBe(name);
    }
  });

  it('mirror left and right', () => {
    fc.assert(
      fc.property(fc.constantFrom(...schemes), fc.nat(), (points, number) => {
        const { names, flip } = landmarkSchemes[points];
        const index = number % points;
        const mirrored = names[flip[index]!]!;
        const swapped = names[index]!.replace(/^(left|right)-/, (_, side) => (side === 'left' ? 'right-' : 'left-'));
        expect(mirrored).toBe(swapped);
      }),
    );
  });
});

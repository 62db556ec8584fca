import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHalf, toHalf } from '../../src/formats/half-precision.js';

/** The half nearest to a number, found by trying: the two neighbours among all finite halves, ties to the even one. */
const finiteHalves = Array.from({ length: 0x7c00 }, (_, bits) => bits);
function nearestHalf(value: number): number {
  const magnitude = Math.abs(value);
  let low = 0;
  let high = finiteHalves.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (fromHalf(middle) <= magnitude) low = middle;
    else high = middle - 1;
  }
  // Past the largest finite half (65504), the next step would be 65536.
  const [below, above] = [fromHalf(low), low + 1 < 0x7c00 ? fromHalf(low + 1) : 65536];
  const [toLow, toHigh] = [magnitude - below, above - magnitude];
  const nearest = toLow < toHigh || (toLow === toHigh && low % 2 === 0) ? low : low + 1;
  return nearest | (value < 0 || Object.is(value, -0) ? 0x8000 : 0);
}

describe('half precision', () => {
  it('converts the example numbers of IEEE 754', () => {
    // From the standard's binary16 format, as tabulated in Wikipedia's "Half-precision floating-point format".
    const table: [number, number][] = [
      [0x0000, 0],
      [0x0001, 2 ** -24],
      [0x03ff, 2 ** -14 - 2 ** -24],
      [0x0400, 2 ** -14],
      [0x3555, 0.333251953125],
      [0x3bff, 1 - 2 ** -11],
      [0x3c00, 1],
      [0x3c01, 1 + 2 ** -10],
      [0x7bff, 65504],
      [0x7c00, Number.POSITIVE_INFINITY],
      [0x8000, -0],
      [0xc000, -2],
      [0xfbff, -65504],
      [0xfc00, Number.NEGATIVE_INFINITY],
    ];
    for (const [bits, value] of table) {
      expect(fromHalf(bits)).toBe(value);
      expect(toHalf(value)).toBe(bits);
    }
  });

  it('converts each of the 65,536 halves to a number and back', () => {
    const wrong: number[] = [];
    for (let bits = 0; bits < 65536; bits++) {
      const value = fromHalf(bits);
      const isNaNHalf = (bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0;
      const back = toHalf(value);
      const right = isNaNHalf ? Number.isNaN(value) && Number.isNaN(fromHalf(back)) : back === bits;
      if (!right) wrong.push(bits);
    }
    expect(wrong).toEqual([]);
  });

  it('rounds ties to even, at all sizes', () => {
    expect(toHalf(1 + 2 ** -11)).toBe(0x3c00);
    expect(toHalf(1 + 3 * 2 ** -11)).toBe(0x3c02);
    expect(toHalf(2 ** -25)).toBe(0);
    expect(toHalf(3 * 2 ** -25)).toBe(2);
    expect(toHalf(2 ** -14 - 2 ** -25)).toBe(0x0400);
    expect(toHalf(65519)).toBe(0x7bff);
    expect(toHalf(65520)).toBe(0x7c00);
    expect(toHalf(-65520)).toBe(0xfc00);
    const wrong: number[] = [];
    for (let bits = 0; bits < 0x7bff; bits++) {
      const middle = (fromHalf(bits) + fromHalf(bits + 1)) / 2;
      const even = bits % 2 === 0 ? bits : bits + 1;
      if (toHalf(middle) !== even || toHalf(-middle) !== (even | 0x8000)) wrong.push(bits);
    }
    expect(wrong).toEqual([]);
  });

  it('rounds any single-precision number to the nearest half', () => {
    const single = fc.oneof(
      fc.float({ noNaN: true }),
      fc.float({ noNaN: true, min: -1, max: 1 }),
      fc.float({ noNaN: true, min: Math.fround(-1e-4), max: Math.fround(1e-4) }),
      fc.float({ noNaN: true, min: -70000, max: 70000 }),
    );
    fc.assert(
      fc.property(single, (value) => {
        expect(toHalf(value)).toBe(nearestHalf(value));
      }),
      { numRuns: 5000 },
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyOrientation, orientationFromExif } from '../../../src/node/images/exif-orientation.js';
import { readImageHeader } from '../../../src/node/images/image-header.js';

/** An EXIF block with one entry before the orientation tag. */
function exif(orientation: number, littleEndian: boolean): DataView {
  const view = new DataView(new ArrayBuffer(6 + 8 + 2 + 24));
  view.setUint32(0, 0x45786966);
  view.setUint16(6, littleEndian ? 0x4949 : 0x4d4d);
  view.setUint16(8, 42, littleEndian);
  view.setUint32(10, 8, littleEndian);
  view.setUint16(14, 2, littleEndian);
  view.setUint16(16, 0x010f, littleEndian);
  view.setUint16(28, 0x0112, littleEndian);
  view.setUint16(30, 3, littleEndian);
  view.setUint32(32, 1, littleEndian);
  view.setUint16(36, orientation, littleEndian);
  return view;
}

describe('orientationFromExif', () => {
  it.each([true, false])('finds the tag in either byte order (little endian: %s)', (littleEndian) => {
    for (let orientation = 1; orientation <= 8; orientation++) {
      expect(orientationFromExif(exif(orientation, littleEndian))).toBe(orientation);
    }
  });

  it('ignores a tag that is not 1-8', () => {
    expect(orientationFromExif(exif(0, true))).toBeUndefined();
    expect(orientationFromExif(exif(9, true))).toBeUndefined();
  });

  it('never throws for a broken block', () => {
    const block = new Uint8Array(exif(6, true).buffer);
    fc.assert(
      fc.property(fc.nat(block.length), fc.nat(block.length - 1), fc.nat(255), (length, place, value) => {
        const damaged = block.slice();
        damaged[place] = value;
        expect(orientationFromExif(new DataView(damaged.buffer, 0, length)) ?? 1).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});

describe('applyOrientation', () => {
  // Stored: a b c / d e f, the letters being grey values.
  const [a, b, c, d, e, f] = [1, 2, 3, 4, 5, 6];
  const stored = { data: Uint8Array.from([a, b, c, d, e, f].flatMap((v) => [v, v, v])), width: 3, height: 2 };

  // From the EXIF specification: which stored row and column becomes the visual top and left.
  it.each([
    [1, [a, b, c, d, e, f]],
    [2, [c, b, a, f, e, d]],
    [3, [f, e, d, c, b, a]],
    [4, [d, e, f, a, b, c]],
    [5, [a, d, b, e, c, f]],
    [6, [d, a, e, b, f, c]],
    [7, [f, c, e, b, d, a]],
    [8, [c, f, b, e, a, d]],
  ])('turns an image of orientation %i upright', (orientation, expected) => {
    const upright = applyOrientation(stored, orientation);
    expect([upright.width, upright.height]).toEqual(orientation >= 5 ? [2, 3] : [3, 2]);
    expect(Array.from(upright.data).filter((_, i) => i % 3 === 1)).toEqual(expected);
  });
});

describe('readImageHeader', () => {
  it('stops at a segment whose length is shorter than itself', () => {
    const damaged = Uint8Array.from([0xff, 0xd8, 0xff, 0xe1, 0, 0, 0, 0, 0, 0, 0]);
    expect(readImageHeader(damaged)).toEqual({ format: 'JPEG', orientation: 1 });
  });

  it('never throws for random bytes', () => {
    const jpegStart = fc.uint8Array({ maxLength: 60 }).map((bytes) => Uint8Array.of(0xff, 0xd8, 0xff, 0xe1, ...bytes));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), jpegStart), (bytes) => {
        const header = readImageHeader(bytes);
        expect(header?.orientation ?? 1).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });
});

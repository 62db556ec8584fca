import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DatasetError, isLowResLandmarksError } from '../../src/errors.js';
import { formatPts, parsePts } from '../../src/formats/pts.js';

const coordinate = fc.double({ min: -1e5, max: 1e5, noNaN: true, noDefaultInfinity: true });
const isMark = ({ x, y }: { x: number; y: number }) => x === -1 && y === -1;
const points = fc.array(
  fc.record({ x: coordinate, y: coordinate }).filter((point) => !isMark(point)),
  { maxLength: 80 },
);
const write = (list: readonly { x: number; y: number }[], newLine = '\n') =>
  ['version: 1', `n_points:  ${list.length}`, '{', ...list.map(({ x, y }) => `${x} ${y}`), '}', ''].join(newLine);

describe('parsePts', () => {
  it("reads 300-W's file, whose first pixel is 1, as points from 0", () => {
    const text = 'version: 1\nn_points:  3\n{\n446.000000 91.000000\n449.459 119.344\n1 1\n}\n';
    expect(parsePts(text, 'a.pts')).toEqual([
      { x: 445, y: 90 },
      { x: 448.459, y: 118.344 },
      { x: 0, y: 0 },
    ]);
  });

  it('reads any number of points, with either line ending, tabs and empty lines', () => {
    fc.assert(
      fc.property(points, fc.constantFrom('\n', '\r\n', ' \n\n', '\t\n'), (list, newLine) => {
        expect(parsePts(write(list, newLine), 'a.pts')).toEqual(list.map(({ x, y }) => ({ x: x - 1, y: y - 1 })));
      }),
    );
  });

  it('reads a point marked as not visible as NaN, and keeps one outside the picture', () => {
    expect(parsePts('n_points: 3\n{\n-1 -1\n-1.0 -1.000\n-1 5\n}', 'a.pts')).toEqual([
      { x: Number.NaN, y: Number.NaN },
      { x: Number.NaN, y: Number.NaN },
      { x: -2, y: 4 },
    ]);
  });

  it('reads a file without the version line and with spaces before the colon', () => {
    expect(parsePts('n_points : 1\n{\n2\t3\n}', 'a.pts')).toEqual([{ x: 1, y: 2 }]);
  });

  it('refuses every truncation before the closing brace', () => {
    const text = write([
      { x: 10.5, y: 20 },
      { x: 30, y: 40.25 },
    ]).trimEnd();
    for (let length = 0; length < text.length; length++) {
      expect(() => parsePts(text.slice(0, length), 'cut.pts'), text.slice(0, length)).toThrow(DatasetError);
    }
  });

  it.each([
    ['an empty file', ''],
    ['no braces', 'version: 1\nn_points: 1\n1 2\n'],
    ['no number of points', 'version: 1\n{\n1 2\n}'],
    ['a point too few', 'n_points: 2\n{\n1 2\n}'],
    ['a point too many', 'n_points: 1\n{\n1 2\n3 4\n}'],
    ['a line of one number', 'n_points: 1\n{\n1\n}'],
    ['a line of three numbers', 'n_points: 1\n{\n1 2 3\n}'],
    ['a word', 'n_points: 1\n{\n1 two\n}'],
    ['NaN', 'n_points: 1\n{\nNaN 2\n}'],
    ['an infinite number', 'n_points: 1\n{\n1 Infinity\n}'],
    ['an image', '\u0089PNG\r\n\u001a\n'],
  ])('refuses %s and names the file', (_what, text) => {
    expect(() => parsePts(text, 'faces/broken.pts')).toThrow(DatasetError);
    expect(() => parsePts(text, 'faces/broken.pts')).toThrow('faces/broken.pts');
  });

  it('returns points or throws a DatasetError for any text', () => {
    const noise = fc.oneof(
      fc.string(),
      fc
        .array(fc.constantFrom('n_points:', '{', '}', '\n', ' ', '1', '-2.5', '1e400', '0x', 'version: 1'), {
          maxLength: 20,
        })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(noise, (text) => {
        try {
          for (const { x, y } of parsePts(text, 'a.pts')) expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
        } catch (error) {
          expect(isLowResLandmarksError(error)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('formatPts', () => {
  it('counts pixels from 1', () => {
    expect(formatPts([{ x: 0, y: 2.5 }])).toBe('version: 1\nn_points: 1\n{\n1.000 3.500\n}\n');
  });

  it('writes points that parsePts reads back', () => {
    const point = fc.record({
      x: fc.double({ min: -50, max: 5000, noNaN: true }),
      y: fc.double({ min: -50, max: 5000, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 68 }), (points) => {
        const parsed = parsePts(formatPts(points), 'a.pts');
        expect(parsed).toHaveLength(points.length);
        parsed.forEach(({ x, y }, i) => {
          expect(Math.abs(x - points[i]!.x)).toBeLessThan(0.00051);
          expect(Math.abs(y - points[i]!.y)).toBeLessThan(0.00051);
        });
      }),
    );
  });
});

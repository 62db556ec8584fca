import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DatasetError, isLowResLandmarksError } from '../../src/errors.js';
import { parseAnnotatedFaces } from '../../src/formats/annotated-faces-csv.js';

const header = (count: number) =>
  ['file,x,y,width,height', ...Array.from({ length: count }, (_, i) => `x${i + 1},y${i + 1}`)].join();
const points = '1,2,3,4,5,6,7,8,9,10';
const parse = (...rows: string[]) => parseAnnotatedFaces([header(5), ...rows].join('\n'), 'faces.csv');

describe('parseAnnotatedFaces', () => {
  it('reads file, box and points of a row, whatever the order of the columns', () => {
    const { scheme, faces } = parseAnnotatedFaces(
      'group,y1,x1,x2,y2,x3,y3,x4,y4,x5,y5,height,width,y,x,file\r\nAnn,2,1,3,4,5,6,7,8,9,10.5,20,16,-1.5,3,"a, b.png"\r\n',
      'faces.csv',
    );
    expect(scheme).toBe(5);
    expect(faces).toEqual([
      {
        line: 2,
        file: 'a, b.png',
        box: { x: 3, y: -1.5, width: 16, height: 20 },
        points: [
          { x: 1, y: 2 },
          { x: 3, y: 4 },
          { x: 5, y: 6 },
          { x: 7, y: 8 },
          { x: 9, y: 10.5 },
        ],
        group: 'Ann',
      },
    ]);
  });

  it.each([5, 19, 68] as const)('takes the scheme of %i points from the header', (count) => {
    const row = ['a.png,0,0,9,9', ...Array.from({ length: count }, (_, i) => `${i},${-i}`)].join();
    const { scheme, faces } = parseAnnotatedFaces(`${header(count)}\n${row}`, 'faces.csv');
    expect([scheme, faces[0]!.points.length]).toEqual([count, count]);
    expect(faces[0]!.points[count - 1]).toEqual({ x: count - 1, y: 1 - count });
  });

  it('makes -1, -1 and empty cells invisible, and keeps a point with one coordinate of -1', () => {
    const { faces } = parse('a.png,0,0,9,9,-1,-1,-1,4,,,-1.0,-1,9,10');
    const nowhere = { x: Number.NaN, y: Number.NaN };
    expect(faces[0]!.points).toEqual([nowhere, { x: -1, y: 4 }, nowhere, nowhere, { x: 9, y: 10 }]);
  });

  it('accepts several faces of one picture', () => {
    expect(parse(`a.png,0,0,9,9,${points}`, `a.png,5,0,9,9,${points}`).faces).toHaveLength(2);
  });

  it.each([
    ['a word for a number', [`a.png,0,0,9,9,${points}`, 'b.png,0,0,9,9,1,two,3,4,5,6,7,8,9,10'], 'line 3: y1 is "two"'],
    ['a row cut off', ['b.png,0,0,9,9,1,2,3,4'], 'line 2: x3 is ""'],
    ['a box without area', [`a.png,0,0,0,9,${points}`], 'the box is 0 x 9'],
    ['an infinite box', [`a.png,0,1e999,9,9,${points}`], 'y is "1e999"'],
    ['half a point', ['a.png,0,0,9,9,1,2,3,,5,6,7,8,9,10'], 'point 2 has only one coordinate'],
    ['a face without points', ['a.png,0,0,9,9,-1,-1,-1,-1,-1,-1,-1,-1,,'], 'no point is visible'],
    [
      'a face annotated twice',
      [`a.png,0,0,9,9,${points}`, `a.png,0,0,9,9,${points}`],
      'line 3: the same face of a.png',
    ],
    ['a row without file', [`,0,0,9,9,${points}`], 'the file is not named'],
    ['no rows', [], 'faces.csv has no face'],
  ])('refuses %s, and says where', (_what, rows, message) => {
    expect(() => parse(...rows)).toThrow(DatasetError);
    expect(() => parse(...rows)).toThrow(message);
    expect(() => parse(...rows)).toThrow('faces.csv');
  });

  it.each([
    ['another number of points', header(6), 'columns for 6 points'],
    ['nothing', '', 'columns for 0 points'],
    ['no box', header(5).replace('width', 'w'), 'no column "width"'],
    ['a gap in the points', header(5).replace('x5', 'x6'), 'no column "x5"'],
    ['x without y', header(5).replace('y3', 'z3'), 'no column "y3"'],
  ])('refuses a header with %s', (_what, text, message) => {
    expect(() => parseAnnotatedFaces(text, 'faces.csv')).toThrow(DatasetError);
    expect(() => parseAnnotatedFaces(text, 'faces.csv')).toThrow(message);
  });

  it('returns faces with finite boxes or throws a DatasetError for any text', () => {
    const cell = fc.constantFrom('1', '-1', '2.5', '', ' ', '"', 'a.png', 'NaN', '1e400', '\n', 'x1', ',,');
    const noise = fc.array(cell, { maxLength: 40 }).map((cells) => cells.join());
    fc.assert(
      fc.property(fc.constantFrom('', header(5)), fc.oneof(noise, fc.string()), (head, text) => {
        try {
          for (const { box } of parseAnnotatedFaces(`${head}\n${text}`, 'a.csv').faces) {
            expect(Object.values(box).every(Number.isFinite)).toBe(true);
          }
        } catch (error) {
          expect(isLowResLandmarksError(error), String(error)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

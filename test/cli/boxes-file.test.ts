import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBoxesCsv, parseBoxesJson, readBoxesFile } from '../../src/cli/boxes-file.js';
import { matchBoxes } from '../../src/cli/match-boxes.js';
import { DatasetError } from '../../src/errors.js';
import { formatCsvRow } from '../../src/formats/csv.js';
import type { Box } from '../../src/geometry/box.js';
import { sharedData } from '../support/shared-data.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const box: Box = { x: 1, y: 2, width: 3, height: 4 };

const boxes = fc.record({
  x: fc.double({ noNaN: true, noDefaultInfinity: true }),
  y: fc.integer(),
  width: fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
  height: fc.integer({ min: 1 }),
});

const table = fc.dictionary(
  fc.string({ minLength: 1 }).filter((name) => name.trim() === name),
  fc.array(boxes, { minLength: 1, maxLength: 3 }),
  { noNullPrototype: true },
);

/** CSV has no negative zero. */
const withoutNegativeZero = (faces: Box[]) => faces.map((face) => ({ ...face, x: face.x + 0, y: face.y + 0 }));

describe('a boxes file as CSV', () => {
  it('reads any boxes, grouped by file, from columns in any order among others', () => {
    fc.assert(
      fc.property(
        table,
        fc.shuffledSubarray(['file', 'x', 'y', 'width', 'height', 'kind'], { minLength: 6 }),
        (files, columns) => {
          const rows = Object.entries(files).flatMap(([file, faces]) =>
            withoutNegativeZero(faces).map((face) => ({ ...face, file, kind: 'masked' })),
          );
          const text = [columns, ...rows.map((row) => columns.map((column) => row[column as 'x']))];
          const parsed = parseBoxesCsv(text.map(formatCsvRow).join('\n'), 'boxes.csv');
          expect([...parsed]).toEqual(Object.entries(files).map(([file, faces]) => [file, withoutNegativeZero(faces)]));
        },
      ),
    );
  });

  it.each([
    ['a.jpg,1,2,x,4', 'width is "x"'],
    ['a.jpg,1,,3,4', 'y is ""'],
    ['a.jpg,1,2,3', 'height is ""'],
    ['a.jpg,1,2,-3,4', 'width is "-3": it must be positive'],
    ['a.jpg,1,2,3,0', 'height is "0"'],
    ['a.jpg,1e999,2,3,4', 'x is "1e999"'],
    [',1,2,3,4', 'the file name is empty'],
  ])('names line 3 for the row %j', (row, reason) => {
    const text = `file,x,y,width,height\nok.jpg,1,2,3,4\n${row}\n`;
    expect(() => parseBoxesCsv(text, 'boxes.csv')).toThrow(DatasetError);
    expect(() => parseBoxesCsv(text, 'boxes.csv')).toThrow(`boxes.csv, line 3: ${reason}`);
  });

  it.each(['', 'a.jpg,1,2,3,4', 'file|x|y|width|height'])('reports the missing columns of the header %j', (text) => {
    expect(() => parseBoxesCsv(text, 'boxes.csv')).toThrow(/line 1: the header lacks .*width/);
  });
});

describe('a boxes file of one crowded picture', () => {
  it('is read in linear time: 100,000 boxes', () => {
    const rows = Array.from({ length: 100_000 }, (_, face) => `crowd.jpg,${face},2,12,14`);
    const boxes = parseBoxesCsv(['file,x,y,width,height', ...rows].join('\n'), 'boxes.csv');
    expect(boxes.get('crowd.jpg')).toHaveLength(100_000);
  });
});

describe('a boxes file as JSON', () => {
  it('reads any boxes', () => {
    fc.assert(
      fc.property(table, (files) => {
        const expected = Object.entries(files).map(([file, faces]) => [file, withoutNegativeZero(faces)]);
        expect([...parseBoxesJson(JSON.stringify(files), 'boxes.json')]).toEqual(expected);
      }),
    );
  });

  it('reads an empty list as an image without faces', () => {
    expect(parseBoxesJson('{"a.jpg": []}', 'boxes.json').get('a.jpg')).toEqual([]);
  });

  it.each([
    ['{', 'is not JSON'],
    ['[]', 'must be an object'],
    ['null', 'must be an object'],
    ['{"a.jpg": {"x": 1}}', '"a.jpg" must have an array'],
    ['{"a.jpg": [7]}', '"a.jpg", face 1 is 7'],
    ['{"a.jpg": [{"x":1,"y":2,"width":3,"height":4}, {"x":1,"y":2,"width":"3","height":4}]}', 'face 2: width is "3"'],
    ['{"a.jpg": [{"x":1,"y":2,"width":3}]}', 'face 1: height is undefined'],
    [`{"a.jpg": [{"x":${'['.repeat(7000)}${']'.repeat(7000)}}]}`, 'face 1: x is an object'],
  ])('refuses %s, naming the place', (text, reason) => {
    expect(() => parseBoxesJson(text, 'boxes.json')).toThrow(DatasetError);
    expect(() => parseBoxesJson(text, 'boxes.json')).toThrow(reason);
  });
});

describe('reading a boxes file', () => {
  it('reads what programs of Windows write: marks, UTF-16, semicolons and decimal commas', async () => {
    const folder = await temporaryFolder();
    const [json, csv] = [join(folder, 'b.json'), join(folder, 'b.csv')];
    await writeFile(json, '\ufeff{"a.jpg": [{"x":1,"y":2,"width":3,"height":4}]}');
    expect((await readBoxesFile(json)).get('a.jpg')).toEqual([box]);
    await writeFile(csv, Buffer.from('\ufefffile;x;y;width;height\r\nJ\u00fcrgen.jpg;1,5;2;3,25;4\r\n', 'utf16le'));
    expect((await readBoxesFile(csv)).get('J\u00fcrgen.jpg')).toEqual([{ x: 1.5, y: 2, width: 3.25, height: 4 }]);
    await writeFile(csv, Buffer.from('file,x,y,width,height\nJ\u00fcrgen.jpg,1,2,3,4\n', 'latin1'));
    await expect(readBoxesFile(csv)).rejects.toThrow(/b\.csv is neither UTF-8 text nor UTF-16.*save it as UTF-8/);
  });

  it('parses by the ending, and refuses other endings and unreadable files', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'b.json'), '{"a.jpg": [{"x":1,"y":2,"width":3,"height":4}]}');
    await writeFile(join(folder, 'b.CSV'), 'File, x ,y,width,height\na.jpg, 1,2,3,4\n');
    expect((await readBoxesFile(join(folder, 'b.json'))).get('a.jpg')).toEqual([box]);
    expect((await readBoxesFile(join(folder, 'b.CSV'))).get('a.jpg')).toEqual([box]);
    await expect(readBoxesFile(join(folder, 'b.txt'))).rejects.toThrow(DatasetError);
    await expect(readBoxesFile(join(folder, 'none.csv'))).rejects.toThrow(/none\.csv.*ENOENT/);
  });

  it.skipIf(!sharedData)('reads the index of real low-resolution faces as it is', async () => {
    const index = resolve(sharedData!, 'lowres/index.csv');
    const parsed = await readBoxesFile(index);
    expect([...parsed.values()].flat()).toHaveLength((await readFile(index, 'utf8')).trim().split('\n').length - 1);
    expect(parsed.get('maksssksksss1_002.png')).toEqual([{ x: 15, y: 12, width: 16, height: 23 }]);
    const [found] = matchBoxes(parsed, [resolve(sharedData!, 'lowres/faces/maksssksksss1_002.png')]);
    expect(found).toEqual([{ x: 15, y: 12, width: 16, height: 23 }]);
  });
});

describe('matchBoxes', () => {
  const other: Box = { x: 9, y: 9, width: 9, height: 9 };

  it('matches a path or any end of one, the longest first', () => {
    const map = new Map([
      ['a.jpg', [box]],
      ['day2/a.jpg', [other]],
      [resolve('day3/b.jpg'), [box]],
      ['.\\day4\\c.jpg', [other]],
    ]);
    const images = ['day1/a.jpg', './day2/a.jpg', 'day3/b.jpg', 'x/day4/c.jpg', 'd.jpg'];
    expect(matchBoxes(map, images)).toEqual([[box], [other], [box], [other], undefined]);
  });

  it('does not match the end of a file name', () => {
    expect(matchBoxes(new Map([['a.jpg', [box]]]), ['xa.jpg'])).toEqual([undefined]);
  });

  it('matches base names when no path fits', () => {
    expect(matchBoxes(new Map([['elsewhere/a.jpg', [box]]]), ['here/a.jpg'])).toEqual([[box]]);
  });

  it('refuses a name that fits two images, naming both', () => {
    const match = () => matchBoxes(new Map([['a.jpg', [box]]]), ['day1/a.jpg', 'day2/a.jpg']);
    expect(match).toThrow(DatasetError);
    expect(match).toThrow(/"a\.jpg" could be those of day1\/a\.jpg or of day2\/a\.jpg/);
  });

  it('refuses an image that fits two names, naming both', () => {
    const map = new Map([
      ['x/a.jpg', [box]],
      ['y/a.jpg', [other]],
    ]);
    expect(() => matchBoxes(map, ['z/a.jpg'])).toThrow(/z\/a\.jpg could be those of "x\/a\.jpg" or of "y\/a\.jpg"/);
    expect(matchBoxes(map, ['y/a.jpg'])).toEqual([[other]]);
  });
});

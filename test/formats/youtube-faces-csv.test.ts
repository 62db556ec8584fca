import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DatasetError } from '../../src/errors.js';
import { parseYouTubeFacesCsv, personOfFrame, videoOfFrame } from '../../src/formats/youtube-faces-csv.js';

const HEADER = `,${Array.from({ length: 136 }, (_, i) => i).join()}`;
const numbers = Array.from({ length: 136 }, (_, i) => i + 0.5);
const row = (file: string, values: readonly (number | string)[] = numbers) => [file, ...values].join();
const parse = (...rows: string[]) => parseYouTubeFacesCsv([HEADER, ...rows].join('\n'), 'list.csv');

describe('parseYouTubeFacesCsv', () => {
  it('reads a name and x, y of 68 points a row, counted from 1 in the file and from 0 here', () => {
    const [first, second] = parse(row('Some_Body_0_1.jpg'), row('Any_Body_2_3.jpg'));
    expect(first!.file).toBe('Some_Body_0_1.jpg');
    expect(first!.points).toHaveLength(68);
    expect(first!.points[0]).toEqual({ x: -0.5, y: 0.5 });
    expect(first!.points[67]).toEqual({ x: 133.5, y: 134.5 });
    expect(second!.file).toBe('Any_Body_2_3.jpg');
  });

  it('reads any finite numbers, either line ending, and empty lines', () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 136, maxLength: 136 }), fc.constantFrom('\n', '\r\n'), (values, end) => {
        const [frame] = parseYouTubeFacesCsv([HEADER, '', row('a_1.jpg', values), ''].join(end), 'list.csv');
        expect(frame!.points.flatMap(({ x, y }) => [x, y])).toEqual(values.map((value) => value - 1));
      }),
      { numRuns: 30 },
    );
  });

  it('reads a list without frames', () => {
    expect(parse()).toEqual([]);
  });

  it.each([
    ['a number too few', row('a_1.jpg', numbers.slice(1))],
    ['a number too many', row('a_1.jpg', [...numbers, 1])],
    ['an empty cell', row('a_1.jpg', numbers.with(3, '' as never))],
    ['a word', row('a_1.jpg', numbers.with(3, 'x' as never))],
    ['NaN', row('a_1.jpg', numbers.with(3, Number.NaN))],
    ['an infinite number', row('a_1.jpg', numbers.with(3, Number.POSITIVE_INFINITY))],
    ['no file name', row('')],
    ['something else', 'not a row'],
  ])('refuses a row with %s, and names file and line', (_what, broken) => {
    expect(() => parse(row('good_1.jpg'), broken)).toThrow(DatasetError);
    expect(() => parse(row('good_1.jpg'), broken)).toThrow('list.csv, line 3');
  });

  it('refuses a list cut off within a row', () => {
    const whole = [HEADER, row('a_1.jpg'), row('b_1.jpg')].join('\n');
    const lastRow = whole.lastIndexOf('\n') + 1;
    for (let length = lastRow + 1; length < whole.lastIndexOf(',') + 1; length += 7) {
      expect(() => parseYouTubeFacesCsv(whole.slice(0, length), 'list.csv')).toThrow(DatasetError);
    }
  });
});

describe('personOfFrame', () => {
  it.each([
    ['Luis_Fonsi_21.jpg', 'Luis_Fonsi'],
    ['Albert_Brooks_032.jpg', 'Albert_Brooks'],
    ['Single_1.jpg', 'Single'],
    ['noname.jpg', ''],
  ])('is the name before the last underscore: %s', (file, person) => {
    expect(personOfFrame(file)).toBe(person);
  });
});

describe('videoOfFrame', () => {
  it.each([
    ['Luis_Fonsi_21.jpg', '2'],
    ['training/Albert_Brooks_032.jpg', '03'],
    ['Single_1.jpg', ''],
    ['noname.jpg', ''],
  ])('is the number between the last underscore and the last digit: %s', (file, video) => {
    expect(videoOfFrame(file)).toBe(video);
  });
});

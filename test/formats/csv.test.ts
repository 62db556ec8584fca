import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DatasetError } from '../../src/errors.js';
import { formatCsvRow, formatCsvRows, parseCsv } from '../../src/formats/csv.js';

describe('CSV', () => {
  it('reads back any fields it writes, with any line break', () => {
    const rows = fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 4 }), { maxLength: 5 });
    const awkward = fc.array(
      fc.array(fc.string({ unit: fc.constantFrom('"', ',', ';', '\t', '\n', '\r', ' ', 'a') }), { minLength: 1 }),
    );
    fc.assert(
      fc.property(fc.oneof(rows, awkward), fc.constantFrom('\n', '\r\n'), fc.boolean(), (table, lineBreak, endsSo) => {
        const text = table.map(formatCsvRow).join(lineBreak) + (endsSo && table.length > 0 ? lineBreak : '');
        expect(parseCsv(text, 'a.csv').map(({ fields }) => fields)).toEqual(table);
      }),
      { numRuns: 500 },
    );
  });

  it('ends every line, also the last, with a line feed', () => {
    const rows = [
      ['file', 'x'],
      ['a,b', 1.5],
    ];
    expect(formatCsvRows(rows)).toBe('file,x\n"a,b",1.5\n');
    expect(formatCsvRows([])).toBe('');
  });

  it('returns rows or throws a DatasetError for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a') }), (text) => {
        try {
          parseCsv(text, 'a.csv');
        } catch (error) {
          expect(error).toBeInstanceOf(DatasetError);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('skips empty lines and a byte order mark, and counts lines as an editor does', () => {
    const rows = parseCsv('\ufefffile,x\r\n\r\n"a\nb",1\nc,2\n', 'a.csv');
    expect(rows).toEqual([
      { line: 1, fields: ['file', 'x'] },
      { line: 3, fields: ['a\nb', '1'] },
      { line: 5, fields: ['c', '2'] },
    ]);
  });

  it.each([
    ['semicolons', 'file;x;"y;1"\na;1,5;"2,5"\n', 1],
    ['tabs', 'file\tx\t"y;1"\r\na\t1,5\t"2,5"', 1],
    ["what Excel's sep= says", '\ufeffsep=;\r\nfile;x;"y;1"\r\na;1,5;"2,5"', 2],
  ])('is separated by %s; only there have plain numbers a decimal comma', (_, text, line) => {
    expect(parseCsv(text, 'a.csv')).toEqual([
      { line, fields: ['file', 'x', 'y;1'] },
      { line: line + 1, fields: ['a', '1.5', '2,5'] },
    ]);
  });

  it('is separated by commas where a quoted name has more of another separator', () => {
    expect(parseCsv('"a;b;c",d\n1,"2,5"', 'a.csv').map(({ fields }) => fields)).toEqual([
      ['a;b;c', 'd'],
      ['1', '2,5'],
    ]);
  });

  it('reads a quoted field of 10 MB, and many quotes in linear time', () => {
    const long = 'a'.repeat(10_000_000);
    expect(parseCsv(`file\n"${long}"`, 'a.csv')[1]!.fields).toEqual([long]);
    expect(parseCsv(`file\n"${'""'.repeat(1_000_000)}"`, 'a.csv')[1]!.fields[0]).toHaveLength(1_000_000);
    expect(() => parseCsv(`file\n"${'""'.repeat(1_000_000)}`, 'a.csv')).toThrow(DatasetError);
  });

  it('keeps empty fields at the end of a line', () => {
    expect(parseCsv('a,,\nb,,', 'a.csv').map(({ fields }) => fields)).toEqual([
      ['a', '', ''],
      ['b', '', ''],
    ]);
  });

  it.each([
    ['a,b\nc,"d', 2],
    ['"a"b,c', 1],
    ['x\n"a"b,c', 2],
  ])('names the line of a stray quote in %j', (text, line) => {
    expect(() => parseCsv(text, 'boxes.csv')).toThrow(DatasetError);
    expect(() => parseCsv(text, 'boxes.csv')).toThrow(`boxes.csv, line ${line}`);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { parseCsv } from '../../src/formats/csv.js';
import type { ReportTable } from '../../src/reports/report.js';
import { formatCsvTable, formatMarkdownTable, tableRecords } from '../../src/reports/table-formats.js';

const table: ReportTable = {
  columns: [
    { key: 'name', label: 'predictor' },
    { key: 'faces', label: 'faces', digits: 0 },
    { key: 'nrmse', label: 'NRMSE (%)' },
    { key: 'paper_nrmse', label: 'NRMSE (%)', isPaper: true },
  ],
  rows: [
    ['ours', 337, { estimate: 5.123456, low: 4.9, high: 5.355 }, { mean: 4.12, std: 4.43 }],
    ['a "b", c|d', 337, Number.POSITIVE_INFINITY, undefined],
    ['lost', 0, Number.NaN, undefined],
  ],
};

describe('a table as Markdown', () => {
  it("aligns numbers right, rounds them, and marks the paper's", () => {
    expect(formatMarkdownTable(table)).toBe(
      [
        '| predictor | faces | NRMSE (%) | NRMSE (%) (paper, other data) |',
        '| --- | --: | --: | --: |',
        '| ours | 337 | 5.12 [4.90, 5.36] | 4.12 ± 4.43 |',
        '| a "b", c\\|d | 337 | ∞ | – |',
        '| lost | 0 | – | – |',
        '',
      ].join('\n'),
    );
  });

  it('has as many cells in each row as in the head, whatever the names', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const columns = [
          { key: 'a', label: name },
          { key: 'b', label: 'b' },
        ];
        const lines = formatMarkdownTable({ columns, rows: [[name, 1]] }).split('\n');
        expect(lines).toHaveLength(4);
        for (const line of lines.slice(0, 3)) expect(line.match(/(?<!\\)(?:\\\\)*\|/g)).toHaveLength(3);
      }),
    );
  });
});

describe('a table as CSV', () => {
  it('has all digits, a column for each end of an interval and for a deviation, and quotes what needs it', () => {
    expect(formatCsvTable(table)).toBe(
      [
        'name,faces,nrmse,nrmse_low,nrmse_high,paper_nrmse,paper_nrmse_std',
        'ours,337,5.123456,4.9,5.355,4.12,4.43',
        '"a ""b"", c|d",337,Infinity,"","","",""',
        'lost,0,"","","","",""',
        '',
      ].join('\n'),
    );
  });

  it('reads back as the same values', () => {
    const cell = fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const columns = [
          { key: 'a', label: 'A' },
          { key: 'b', label: 'B' },
        ];
        const read = parseCsv(formatCsvTable({ columns, rows }), 'test').map(({ fields }) => fields);
        expect(read).toEqual([['a', 'b'], ...rows.map((row) => row.map(String))]);
      }),
    );
  });
});

describe('a table as records', () => {
  it("is JSON by the columns' keys, with null for NaN and infinity", () => {
    expect(tableRecords(table)).toEqual([
      {
        name: 'ours',
        faces: 337,
        nrmse: { estimate: 5.123456, low: 4.9, high: 5.355 },
        paper_nrmse: { mean: 4.12, std: 4.43 },
      },
      { name: 'a "b", c|d', faces: 337, nrmse: null, paper_nrmse: null },
      { name: 'lost', faces: 0, nrmse: null, paper_nrmse: null },
    ]);
    const columns = [{ key: 'auc', label: 'AUC' }];
    const rows = [[{ estimate: 1, low: Number.NaN, high: Infinity }], [{ mean: Infinity, std: Number.NaN }]];
    expect(tableRecords({ columns, rows })).toEqual([
      { auc: { estimate: 1, low: null, high: null } },
      { auc: { mean: null, std: null } },
    ]);
  });
});

describe.each([
  ['Markdown', formatMarkdownTable],
  ['CSV', formatCsvTable],
  ['records', tableRecords],
])('a table as %s', (_, format) => {
  it('refuses rows of another length, and two columns of one key', () => {
    const columns = [
      { key: 'a', label: 'A' },
      { key: 'a', label: 'B' },
    ];
    expect(() => format({ columns: columns.slice(1), rows: [[1], [1, 2]] })).toThrow('Row 1 of the table');
    expect(() => format({ columns, rows: [] })).toThrow(InvalidArgumentError);
  });
});

import { DatasetError } from '../errors.js';

/** One row of a CSV file, and the line of the file it begins on. */
export interface CsvRow {
  line: number;
  fields: string[];
}

/**
 * Reads CSV as in RFC 4180: fields may be quoted, and then hold commas, doubled quotes and line breaks. Empty lines and
 * a byte order mark are skipped.
 *
 * @param source Names the file in messages.
 * @throws DatasetError when a quote is never closed.
 */
export function parseCsv(text: string, source: string): CsvRow[] {
  const rows: CsvRow[] = [];
  // A field, quoted or plain, and what ends it; the plain one stands last because it also matches nothing at all.
  const field = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|\n|\r|$)/y;
  field.lastIndex = text.startsWith('\ufeff') ? 1 : 0;
  let line = 1;
  let row: CsvRow = { line, fields: [] };
  while (field.lastIndex < text.length || row.fields.length > 0) {
    const match = field.exec(text);
    if (!match) throw new DatasetError(`${source}, line ${line}: a quote is misplaced or never closed.`);
    const [whole, quoted, plain, end] = match;
    if (plain?.startsWith('"'))
      throw new DatasetError(`${source}, line ${line}: a quote is misplaced or never closed.`);
    row.fields.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    line += whole.match(/\r\n|\n|\r/g)?.length ?? 0;
    if (end === ',') continue;
    const isBlank = row.fields.length === 1 && row.fields[0] === '' && quoted === undefined;
    if (!isBlank) rows.push(row);
    row = { line, fields: [] };
  }
  return rows;
}

/**
 * Rows as CSV: only fields that need it are quoted, and lines end in `\n`, as in all files that this library writes.
 */
export function formatCsvRows(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${formatCsvRow(row)}\n`).join('');
}

/** Fields as one line of CSV, without the line break. */
export function formatCsvRow(fields: readonly (string | number)[]): string {
  return fields
    .map((field) => {
      const text = String(field);
      return /[",\r\n]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text;
    })
    .join(',');
}

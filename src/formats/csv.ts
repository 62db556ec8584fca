import { DatasetError } from '../errors.js';

/** One row of a CSV file. */
export interface CsvRow {
  /** The line of the file that it begins on, from 1. */
  line: number;
  fields: string[];
}

/**
 * Reads CSV (RFC 4180): quoted fields may hold commas, doubled quotes and line breaks. Empty lines and a byte order
 * mark are skipped.
 *
 * @param source Names the file in messages.
 * @throws DatasetError when a quote is never closed.
 */
export function parseCsv(text: string, source: string): CsvRow[] {
  const rows: CsvRow[] = [];
  // A field, quoted or plain, and what ends it. The plain one is last because it also matches nothing.
  const field = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|\n|\r|$)/y;
  field.lastIndex = text.startsWith('\ufeff') ? 1 : 0;
  let line = 1;
  let row: CsvRow = { line, fields: [] };
  while (field.lastIndex < text.length || row.fields.length > 0) {
    const match = field.exec(text);
    if (!match || match[2]?.startsWith('"')) {
      throw new DatasetError(`${source}, line ${line}: a quote is misplaced or never closed.`);
    }
    const [whole, quoted, plain = '', end] = match;
    row.fields.push(quoted?.replaceAll('""', '"') ?? plain);
    line += whole.match(/\r\n|\n|\r/g)?.length ?? 0;
    if (end === ',') continue;
    const isBlank = row.fields.length === 1 && row.fields[0] === '' && quoted === undefined;
    if (!isBlank) rows.push(row);
    row = { line, fields: [] };
  }
  return rows;
}

/** Rows as CSV: fields are quoted only if they need it, and lines end in `\n`. */
export function formatCsvRows(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${formatCsvRow(row)}\n`).join('');
}

/** Fields as one line of CSV, without the line break. */
export function formatCsvRow(fields: readonly (string | number)[]): string {
  const texts = fields.map(String);
  return texts.map((text) => (/[",\r\n]|^$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(',');
}

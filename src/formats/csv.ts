import { DatasetError } from '../errors.js';

const SEPARATORS = [',', ';', '\t'];
/** Separators are counted in this many letters of the first line. */
const LONGEST_HEADER = 1 << 16;
const DECIMAL_COMMA = /^(\s*[-+]?\d+),(\d+\s*)$/;

/** One row of a CSV file. */
export interface CsvRow {
  /** The line of the file that it begins on, from 1. */
  line: number;
  fields: string[];
}

/**
 * Reads CSV (RFC 4180): quoted fields may hold separators, doubled quotes and line breaks. Empty lines and a byte order
 * mark are skipped. The separator is what the first line has most of, comma, semicolon or tab, or what Excel's `sep=`
 * says; without commas between them, numbers may have a decimal comma, and are given with a point.
 *
 * @param source Names the file in messages.
 * @throws DatasetError when a quote is never closed.
 */
export function parseCsv(text: string, source: string): CsvRow[] {
  const rows: CsvRow[] = [];
  const { separator, start } = separatorOf(text);
  const ending = new RegExp(`[${separator}\r\n]`, 'g');
  let at = start;
  let line = 1 + lineBreaks(text.slice(0, start));
  let row: CsvRow = { line, fields: [] };
  while (at < text.length || row.fields.length > 0) {
    const isQuoted = text[at] === '"';
    const close = isQuoted ? closingQuote(text, at) : at;
    ending.lastIndex = isQuoted ? close + 1 : at;
    const end = ending.exec(text)?.index ?? text.length;
    if (close < 0 || (isQuoted && end > close + 1)) {
      throw new DatasetError(`${source}, line ${line}: a quote is misplaced or never closed.`);
    }
    const field = isQuoted ? text.slice(at + 1, close).replaceAll('""', '"') : text.slice(at, end);
    row.fields.push(isQuoted || separator === ',' ? field : field.replace(DECIMAL_COMMA, '$1.$2'));
    if (isQuoted) line += lineBreaks(field);
    at = text.startsWith('\r\n', end) ? end + 2 : end + 1;
    if (text[end] === separator) continue;
    const isBlank = row.fields.length === 1 && field === '' && !isQuoted;
    if (!isBlank) rows.push(row);
    if (end < text.length) line++;
    row = { line, fields: [] };
  }
  return rows;
}

/** What separates a text's fields, and where they start. */
function separatorOf(text: string): { separator: string; start: number } {
  const mark = text.startsWith('\ufeff') ? 1 : 0;
  const beginning = text.slice(mark, mark + LONGEST_HEADER);
  const [whole, named] = /^sep=([,;\t])(?:\r\n|\n|\r|$)/.exec(beginning) ?? [];
  if (whole && named) return { separator: named, start: mark + whole.length };
  const [header = ''] = beginning.replace(/"[^"]*"/g, '').split(/[\r\n]/, 1);
  const count = (separator: string) => header.split(separator).length;
  return { separator: SEPARATORS.reduce((most, one) => (count(one) > count(most) ? one : most)), start: mark };
}

/** Where the quote that opens at an index is closed; -1 when it never is. */
function closingQuote(text: string, open: number): number {
  let at = text.indexOf('"', open + 1);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

function lineBreaks(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}

/** Rows as CSV: fields are quoted only if they need it, and lines end in `\n`. */
export function formatCsvRows(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${formatCsvRow(row)}\n`).join('');
}

/** Fields as one line of CSV, without the line break. */
export function formatCsvRow(fields: readonly (string | number)[]): string {
  const texts = fields.map(String);
  return texts.map((text) => (/[",;\t\r\n]|^$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(',');
}

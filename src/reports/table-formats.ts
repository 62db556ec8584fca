import { formatCsvRows } from '../formats/csv.js';
import type { ReportTable, TableCell } from './report.js';
import { assertTable, cellText, isNumeric, PAPER_MARK } from './table-cells.js';

/** A table's row as JSON holds it: by the columns' keys, null for what was not measured or is infinite. */
export type TableRecord = Record<string, string | number | null | Record<string, number | null>>;

/**
 * A table as Markdown, numbers to the right: `| ours | 5.12 [4.90, 5.36] |`.
 *
 * @throws InvalidArgumentError when a row has more or fewer cells than there are columns, or two columns have one key.
 */
export function formatMarkdownTable(table: ReportTable): string {
  assertTable(table, 'to be written as Markdown');
  const head = table.columns.map(({ label, isPaper }) => escapeMarkdown(isPaper ? `${label} (${PAPER_MARK})` : label));
  const rule = table.columns.map((_, column) => (isNumeric(table, column) ? '--:' : '---'));
  const rows = table.rows.map((row) =>
    row.map((cell, column) => {
      const { main, spread } = cellText(cell, table.columns[column]!);
      return typeof cell === 'string' ? escapeMarkdown(main) : [main, spread].filter(Boolean).join(' ');
    }),
  );
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

/**
 * A table as CSV, by the columns' keys and with all digits. An interval takes the columns `key`, `key_low` and
 * `key_high`, a deviation `key` and `key_std`. What was not measured is empty, what is infinite `Infinity`.
 *
 * @throws InvalidArgumentError when a row has more or fewer cells than there are columns, or two columns have one key.
 */
export function formatCsvTable(table: ReportTable): string {
  assertTable(table, 'to be written as CSV');
  const parts = table.columns.map((_, column) => partsOf(table.rows.map((row) => row[column])));
  const head = table.columns.flatMap(({ key }, column) =>
    parts[column]!.map((part) => (part === '' ? key : `${key}_${part}`)),
  );
  const rows = table.rows.map((row) => row.flatMap((cell, column) => parts[column]!.map((part) => field(cell, part))));
  return formatCsvRows([head, ...rows]);
}

/**
 * A table as records for JSON, by the columns' keys. Intervals and deviations stay objects.
 *
 * @throws InvalidArgumentError when a row has more or fewer cells than there are columns, or two columns have one key.
 */
export function tableRecords(table: ReportTable): TableRecord[] {
  assertTable(table, 'to be written as JSON');
  return table.rows.map((row) =>
    Object.fromEntries(row.map((cell, column) => [table.columns[column]!.key, jsonCell(cell)])),
  );
}

function jsonCell(cell: TableCell): TableRecord[string] {
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  if (cell === undefined) return null;
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return finite(cell);
  if ('mean' in cell) return { mean: finite(cell.mean), std: finite(cell.std) };
  return { estimate: finite(cell.estimate), low: finite(cell.low), high: finite(cell.high) };
}

type CsvPart = '' | 'low' | 'high' | 'std';

function partsOf(cells: readonly TableCell[]): CsvPart[] {
  const objects = cells.filter((cell) => typeof cell === 'object');
  const parts: CsvPart[] = [''];
  if (objects.some((cell) => 'low' in cell)) parts.push('low', 'high');
  if (objects.some((cell) => 'std' in cell)) parts.push('std');
  return parts;
}

function field(cell: TableCell, part: CsvPart): string | number {
  if (typeof cell !== 'object') return part === '' ? plain(cell) : '';
  if ('mean' in cell) return plain(part === '' ? cell.mean : part === 'std' ? cell.std : undefined);
  return plain(part === '' ? cell.estimate : part === 'std' ? undefined : cell[part]);
}

function plain(value: string | number | undefined): string | number {
  return value === undefined || Number.isNaN(value) ? '' : value;
}

function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|]/g, '\\$&').replaceAll(/\s+/g, ' ');
}

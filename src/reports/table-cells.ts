import { InvalidArgumentError } from '../errors.js';
import type { ReportTable, TableCell, TableColumn } from './report.js';

/** Stands in heads of columns that hold the paper's numbers. */
export const PAPER_MARK = 'paper, other data';

/** A cell for people: its main part, and what goes with it, `[4.90, 5.61]` or `± 1.20`. */
export interface CellText {
  main: string;
  spread?: string;
}

const DIGITS = 2;
const NOT_MEASURED = '–';

/** A cell as people read it. */
export function cellText(cell: TableCell, { digits = DIGITS }: TableColumn): CellText {
  const format = (value: number) => formatNumber(value, digits);
  if (cell === undefined) return { main: NOT_MEASURED };
  if (typeof cell === 'string') return { main: cell };
  if (typeof cell === 'number') return { main: format(cell) };
  if ('mean' in cell) return { main: format(cell.mean), spread: `± ${format(cell.std)}` };
  return { main: format(cell.estimate), spread: `[${format(cell.low)}, ${format(cell.high)}]` };
}

/** Whether a column holds numbers, which are set to the right. */
export function isNumeric({ rows }: ReportTable, column: number): boolean {
  const cells = rows.map((row) => row[column]).filter((cell) => cell !== undefined);
  return cells.length > 0 && cells.every((cell) => typeof cell !== 'string');
}

/**
 * Asserts that each row has a cell for each column, and that no two columns have one key.
 *
 * @param name Names the table in messages.
 * @throws InvalidArgumentError
 */
export function assertTable({ columns, rows }: ReportTable, name: string): void {
  const keys = columns.map(({ key }) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw new InvalidArgumentError(`The table ${name} has two columns with the key ${twice}.`);
  const wrong = rows.findIndex((row) => row.length !== columns.length);
  if (wrong === -1) return;
  throw new InvalidArgumentError(
    `Row ${wrong} of the table ${name} has ${rows[wrong]!.length} cells for ${columns.length} columns; leave a cell undefined where there is nothing.`,
  );
}

/** A range of face sizes in tables and charts. */
export function sizeLabel(low: number, high: number): string {
  return high === Number.POSITIVE_INFINITY ? `${low} and more` : `${low}-${high}`;
}

function formatNumber(value: number, digits: number): string {
  if (Number.isNaN(value)) return NOT_MEASURED;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  return value.toFixed(digits);
}

import { DatasetError } from '../errors.js';
import type { Box } from '../geometry/box.js';
import { parseCsv } from './csv.js';

/** A row of a CSV with a header. */
export interface CsvRecord {
  line: number;
  /** The file and the line, for messages. */
  where: string;
  /** By column, trimmed; a row that ends too early has no cell. */
  cells: Readonly<Record<string, string | undefined>>;
}

/** A CSV with a header. */
export interface CsvTable {
  source: string;
  columns: readonly string[];
  records: readonly CsvRecord[];
}

/**
 * Reads a CSV whose first row names the columns.
 *
 * @param source Names the file in messages.
 * @throws DatasetError when a quote is never closed.
 */
export function parseCsvTable(text: string, source: string): CsvTable {
  const [header, ...rows] = parseCsv(text, source);
  const columns = header?.fields.map((name) => name.trim()) ?? [];
  const records = rows.map(({ line, fields }) => {
    const cells = Object.fromEntries(columns.map((name, index) => [name, fields[index]?.trim()]));
    return { line, where: `${source}, line ${line}`, cells };
  });
  return { source, columns, records };
}

/** @throws DatasetError when a column is missing. */
export function assertColumns({ source, columns }: CsvTable, names: readonly string[]): void {
  const missing = names.find((name) => !columns.includes(name));
  if (missing) throw new DatasetError(`${source} has no column "${missing}".`);
}

/** @throws DatasetError unless the cell is a finite number. */
export function numberIn({ cells, where }: CsvRecord, column: string): number {
  const value = cells[column] ? Number(cells[column]) : Number.NaN;
  if (!Number.isFinite(value)) throw new DatasetError(`${where}: ${column} is "${cells[column] ?? ''}", not a number.`);
  return value;
}

/**
 * The box in the columns `x`, `y`, `width` and `height`.
 *
 * @throws DatasetError unless they are numbers, the last two positive.
 */
export function boxIn(record: CsvRecord): Box {
  const [x, y] = [numberIn(record, 'x'), numberIn(record, 'y')];
  const [width, height] = [numberIn(record, 'width'), numberIn(record, 'height')];
  if (width > 0 && height > 0) return { x, y, width, height };
  throw new DatasetError(`${record.where}: the box is ${width} x ${height}; both must be positive.`);
}

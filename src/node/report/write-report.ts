import { InvalidArgumentError } from '../../errors.js';
import type { Report, TableSection } from '../../reports/report.js';
import { formatCsvTable, tableRecords } from '../../reports/table-formats.js';
import type { RunStore } from '../../training-loop/run-store.js';
import { renderReport } from './html-report.js';

/**
 * Writes a report into a run folder: `report.html`, all its tables in `report.json` (`{ title, lead, tables: { name: rows } }`, rows by the columns'
 * keys), and each table as `NAME.csv`. Everything is made before anything is written, and a file is replaced as a whole.
 *
 * @returns The names of the files.
 * @throws InvalidArgumentError when a table's name cannot be a file's or is taken, or as {@link renderReport} does.
 * @example
 * ```ts
 * await writeReport(await createRunFolder('runs/compare'), report);
 * ```
 */
export async function writeReport(store: Pick<RunStore, 'write'>, report: Report): Promise<string[]> {
  const tables = report.sections.filter((section) => section.kind === 'table');
  assertNames(tables);
  const { title, lead } = report;
  const records = Object.fromEntries(tables.map(({ name, table }) => [name, tableRecords(table)]));
  const files: [name: string, content: string][] = [
    ...tables.map(({ name, table }): [string, string] => [`${name}.csv`, formatCsvTable(table)]),
    ['report.json', `${JSON.stringify({ title, lead, tables: records }, null, 2)}\n`],
    ['report.html', renderReport(report)],
  ];
  for (const [name, content] of files) await store.write(name, content);
  return files.map(([name]) => name);
}

function assertNames(tables: readonly TableSection[]): void {
  const names = tables.map(({ name }) => name);
  for (const [index, name] of names.entries()) {
    if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) {
      throw new InvalidArgumentError(
        `A table is named ${JSON.stringify(name)}, which is to be a file: use small letters, digits and hyphens.`,
      );
    }
    if (names.indexOf(name) !== index) {
      throw new InvalidArgumentError(`Two tables are named ${name}: one would replace the other's file.`);
    }
  }
}

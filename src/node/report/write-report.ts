import { InvalidArgumentError } from '../../errors.js';
import type { Report, TableSection } from '../../reports/report.js';
import { formatCsvTable, tableRecords } from '../../reports/table-formats.js';
import type { RunStore } from '../../training-loop/run-store.js';
import { drawCharts } from './draw-charts.js';
import { htmlReport } from './html-report.js';
import { markdownReport } from './markdown-report.js';

/** How a report is written. */
export interface WriteReportOptions {
  /** Called with each chart that is left out, and why. */
  onNote?: ((message: string) => void) | undefined;
}

/**
 * Writes a report into a run folder: `report.html` (self-contained), `report.md`, `report.json` (`{ title, lead,
 * tables: { name: rows } }`, rows by the columns' keys), and each table as `NAME.csv`. Charts need the optional
 * packages `vega` and `vega-lite`; without them a note says so. Nothing is written before everything is rendered, and
 * each file is replaced as a whole.
 *
 * @returns The names of the files.
 * @throws InvalidArgumentError when a table's name is not a file name or used twice, or its rows do not fit its
 *   columns.
 * @example
 * ```ts
 * await writeReport(await createRunFolder('runs/compare'), report);
 * ```
 */
export async function writeReport(
  store: Pick<RunStore, 'write'>,
  report: Report,
  { onNote }: WriteReportOptions = {},
): Promise<string[]> {
  const tables = report.sections.filter((section) => section.kind === 'table');
  assertNames(tables);
  const { title, lead } = report;
  const records = Object.fromEntries(tables.map(({ name, table }) => [name, tableRecords(table)]));
  const charts = await drawCharts(report);
  const files: [name: string, content: string][] = [
    ...tables.map(({ name, table }): [string, string] => [`${name}.csv`, formatCsvTable(table)]),
    ['report.json', `${JSON.stringify({ title, lead, tables: records }, null, 2)}\n`],
    ['report.md', markdownReport(report)],
    ['report.html', htmlReport(report, charts)],
  ];
  for (const [name, content] of files) await store.write(name, content);
  for (const [{ heading }, chart] of charts) {
    if ('missing' in chart) onNote?.(`The chart "${heading}" is left out. ${chart.missing}`);
  }
  return files.map(([name]) => name);
}

function assertNames(tables: readonly TableSection[]): void {
  const names = tables.map(({ name }) => name);
  for (const [index, name] of names.entries()) {
    if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) {
      throw new InvalidArgumentError(
        `A table is named ${JSON.stringify(name)}, which is not a file name: use lower-case letters, digits and hyphens.`,
      );
    }
    if (names.indexOf(name) !== index) {
      throw new InvalidArgumentError(`Two tables are named ${name}: one would replace the other's file.`);
    }
  }
}

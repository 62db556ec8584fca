import { writeReport } from '../node/report/write-report.js';
import type { Report } from '../reports/report.js';
import { formatMarkdownTable } from '../reports/table-formats.js';
import type { RunStore } from '../training-loop/run-store.js';

/** Writes what a command found: `report.html`, `report.md`, `report.json`, and a CSV for each table. */
export async function writeReportFiles(store: RunStore, report: Report): Promise<void> {
  await store.write('report.md', formatMarkdownReport(report));
  await writeReport(store, report);
}

/** A report's words and tables as Markdown. */
function formatMarkdownReport({ title, lead, sections }: Report): string {
  const parts = sections.flatMap((section) => {
    if (section.kind === 'text') return [`## ${section.heading}`, ...section.paragraphs];
    if (section.kind !== 'table') return [];
    return [
      `## ${section.heading}`,
      ...(section.note ? [section.note] : []),
      formatMarkdownTable(section.table).trim(),
    ];
  });
  return `${[`# ${title}`, lead, ...parts].join('\n\n')}\n`;
}

import type { Report, ReportSection } from '../../reports/report.js';
import { formatMarkdownTable } from '../../reports/table-formats.js';

/** A report's text and tables as Markdown, without charts and figures. */
export function markdownReport({ title, lead, sections }: Report): string {
  return `${[`# ${title}`, lead, ...sections.flatMap(markdownSection)].join('\n\n')}\n`;
}

function markdownSection(section: ReportSection): string[] {
  if (section.kind === 'text') return [`## ${section.heading}`, ...section.paragraphs];
  if (section.kind !== 'table') return [];
  const note = section.note ? [section.note] : [];
  return [`## ${section.heading}`, ...note, formatMarkdownTable(section.table).trim()];
}

import type { TableCell, TableColumn, TableSection } from '../../reports/report.js';
import { assertTable, cellText, isNumeric, PAPER_MARK } from '../../reports/table-cells.js';
import { type Html, html } from './html.js';

/**
 * A table of a report as HTML: the first column is the rows' header, numbers are right-aligned, the paper's are marked.
 */
export function htmlTable({ name, table }: TableSection): Html {
  assertTable(table, name);
  const classes = table.columns.map(({ isPaper }, column) =>
    [isNumeric(table, column) ? 'number' : '', isPaper ? 'paper' : ''].filter(Boolean).join(' '),
  );
  const head = table.columns.map(({ label, isPaper }, column) => {
    const mark = isPaper ? html` <small>${PAPER_MARK}</small>` : undefined;
    return html`<th scope="col"${classAttribute(classes[column]!)}>${label}${mark}</th>`;
  });
  const rows = table.rows.map((row) => {
    const cells = row.map((cell, column) => {
      const content = htmlCell(cell, table.columns[column]!);
      if (column === 0) return html`<th scope="row"${classAttribute(classes[column]!)}>${content}</th>`;
      return html`<td${classAttribute(classes[column]!)}>${content}</td>`;
    });
    return html`<tr>${cells}</tr>\n`;
  });
  return html`<div class="scroll" tabindex="0">
<table>
<thead>
<tr>${head}</tr>
</thead>
<tbody>
${rows}</tbody>
</table>
</div>
`;
}

function htmlCell(cell: TableCell, column: TableColumn): Html {
  const { main, spread } = cellText(cell, column);
  return html`${main}${spread === undefined ? undefined : html` <span class="spread">${spread}</span>`}`;
}

function classAttribute(classes: string): Html | undefined {
  return classes === '' ? undefined : html` class="${classes}"`;
}

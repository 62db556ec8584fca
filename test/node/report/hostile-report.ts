import type { ChartSpec } from '../../../src/reports/charts/chart-frame.js';
import type { Report } from '../../../src/reports/report.js';

/** What a file, and so a face, may be named. */
export const HOSTILE = `"><img src=x onerror="document.title='broken'"><script>document.title='broken'</script>'&amp;</td></table>`;

/** A report that has this name in every place where text can be. */
export function hostileReport(spec: ChartSpec): Report {
  const image = { data: new Uint8Array(12), width: 2, height: 2 };
  const columns = [
    { key: 'name', label: HOSTILE },
    { key: 'error', label: HOSTILE, isPaper: true },
  ];
  return {
    title: HOSTILE,
    lead: HOSTILE,
    sections: [
      { kind: 'text', heading: HOSTILE, paragraphs: [HOSTILE] },
      { kind: 'table', name: 'names', heading: HOSTILE, note: HOSTILE, table: { columns, rows: [[HOSTILE, 1]] } },
      { kind: 'chart', heading: HOSTILE, note: HOSTILE, spec },
      { kind: 'figures', heading: HOSTILE, note: HOSTILE, figures: [{ image, name: HOSTILE, caption: HOSTILE }] },
    ],
  };
}

import { describe, expect, it } from 'vitest';
import { htmlReport } from '../../../src/node/report/html-report.js';
import type { Report, ReportSection, TableCell } from '../../../src/reports/report.js';
import { settingsSection } from '../../../src/reports/settings-section.js';
import { HOSTILE, hostileReport } from './hostile-report.js';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><path id="clip0"/><g clip-path="url(#clip0)"/></svg>';

function render(report: Report): string {
  return htmlReport(report, new Map(report.sections.map((section) => [section, { svg: SVG }])));
}

function page(...sections: ReportSection[]): string {
  return render({ title: 'Title', lead: 'Lead.', sections });
}

function table(rows: TableCell[][]): ReportSection {
  const columns = [
    { key: 'name', label: 'predictor' },
    { key: 'nrmse', label: 'NRMSE (%)' },
    { key: 'paper', label: 'NRMSE (%)', digits: 1, isPaper: true },
  ];
  return { kind: 'table', name: 'errors', heading: 'Errors', table: { columns, rows } };
}

describe('htmlReport', () => {
  it('is one document with the title, what was run, and a link to each section', () => {
    const html = page(settingsSection({ seed: 7, backend: 'wasm', crop: undefined, flip: true }), table([]));
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).toContain('<h1>Title</h1>\n<p class="lead">Lead.</p>');
    expect(html).toContain('<li><a href="#section-2">Errors</a></li>');
    expect(html).toContain('<section id="section-2">\n<h2>Errors</h2>');
    expect(html).toContain('<th scope="row">seed</th><td>7</td>');
    expect(html).toContain('<td>true</td>');
    expect(html).not.toContain('crop');
  });

  it("right-aligns numbers with their intervals and deviations, and marks the paper's", () => {
    const html = page(
      table([
        ['ours', { estimate: 5.123, low: 4.9, high: 5.355 }, { mean: 4.12, std: 4.43 }],
        ['floor', Number.POSITIVE_INFINITY, undefined],
        ['lost', Number.NaN, Number.NEGATIVE_INFINITY],
      ]),
    );
    expect(html).toContain('<th scope="col">predictor</th><th scope="col" class="number">NRMSE (%)</th>');
    expect(html).toContain('<th scope="col" class="number paper">NRMSE (%) <small>paper, other data</small></th>');
    expect(html).toContain('<td class="number">5.12 <span class="spread">[4.90, 5.36]</span></td>');
    expect(html).toContain('<td class="number paper">4.1 <span class="spread">± 4.4</span></td>');
    expect(html).toContain('<th scope="row">floor</th><td class="number">∞</td><td class="number paper">–</td>');
    expect(html).toContain('<td class="number">–</td><td class="number paper">−∞</td>');
  });

  it('contains charts and figures, and requests nothing', () => {
    const html = page(
      { kind: 'chart', heading: 'Chart', spec: {}, note: 'A curve.' },
      {
        kind: 'figures',
        heading: 'Faces',
        figures: [{ image: { data: new Uint8Array(12), width: 2, height: 2 }, name: 'a.png', caption: '3.0 %' }],
      },
    );
    expect(html).toContain('<figure class="chart">\n<svg ');
    expect(html.indexOf('A curve.')).toBeGreaterThan(html.indexOf('</svg>'));
    expect(html).toContain('<img src="data:image/png;base64,iVBORw0KGgo');
    expect(html).toContain('" alt="a.png">');
    expect(html).toContain('<figcaption><b>a.png</b> 3.0 %</figcaption>');
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`);
    const addresses = Array.from(html.matchAll(/(?:\b(?:src|href)=|url\()"?([^"\s)]+)/g), ([, address]) => address!);
    expect(addresses).toHaveLength(4);
    expect(addresses.filter((address) => !/^(#|data:)/.test(address))).toEqual([]);
  });

  it('renames the clip paths of each chart so that they do not clash', () => {
    const chart = { kind: 'chart', heading: 'Chart', spec: {} } as const;
    const html = page(chart, { ...chart });
    expect(html).toContain('id="chart-1-clip0"/><g clip-path="url(#chart-1-clip0)"');
    expect(html).toContain('id="chart-2-clip0"/><g clip-path="url(#chart-2-clip0)"');
  });

  it('escapes all text, in elements and attributes', () => {
    const html = render(hostileReport({}));
    expect(html).not.toMatch(/<script|<img src=x|"><img|onerror="/);
    expect(html.match(/&lt;script&gt;/g)).toHaveLength(21);
    expect(html).toContain('&amp;amp;&lt;/td&gt;');
    expect(html).not.toContain(HOSTILE);
  });

  it('has a note instead of a chart that could not be drawn', () => {
    const chart: ReportSection = { kind: 'chart', heading: 'Curve', spec: {} };
    const report = { title: 'Title', lead: 'Lead.', sections: [chart] };
    expect(htmlReport(report, new Map([[chart, { missing: 'Charts need <vega>.' }]]))).toContain(
      '<p class="note">This chart is left out. Charts need &lt;vega&gt;.</p>',
    );
  });

  it('refuses rows that do not fit the columns', () => {
    expect(() => page(table([['ours', 1]]))).toThrow('Row 0 of the table errors has 2 cells for 3 columns');
  });
});

import { describe, expect, it } from 'vitest';
import { PackageUnavailableError } from '../../../src/errors.js';
import { drawCharts } from '../../../src/node/report/draw-charts.js';
import type { ReportSection } from '../../../src/reports/report.js';

const chart: ReportSection = { kind: 'chart', heading: 'Errors', spec: {} };
const report = { title: '', lead: '', sections: [chart, { kind: 'text', heading: 'Text', paragraphs: [] }] as const };
const failing = (error: Error) => () => Promise.reject(error);

describe('drawCharts', () => {
  it('draws each chart of a report and nothing else', async () => {
    expect(await drawCharts(report, async () => '<svg/>')).toEqual(new Map([[chart, { svg: '<svg/>' }]]));
  });

  it('returns which package is missing instead of a chart', async () => {
    const drawn = await drawCharts(report, failing(new PackageUnavailableError('Charts need vega.')));
    expect(drawn.get(chart)).toEqual({ missing: 'Charts need vega.' });
  });

  it('passes other errors of drawing on', async () => {
    await expect(drawCharts(report, failing(new Error('broken')))).rejects.toThrow('broken');
  });
});

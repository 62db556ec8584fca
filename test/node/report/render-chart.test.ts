import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { renderChart } from '../../../src/node/report/render-chart.js';
import {
  cumulativeErrorChart,
  errorBySizeChart,
  pointErrorChart,
  riskCoverageChart,
} from '../../../src/reports/charts/error-charts.js';
import { matchCharacteristicChart, metricChart } from '../../../src/reports/charts/recognition-charts.js';
import { runWithPackages } from '../../support/run-with-packages.js';

const value = { estimate: 5, low: 4, high: Number.NaN };
const names = ['ours', 'a name that three columns cut', 'third', 'fourth'];
const errors = [0.01, 0.05, Number.POSITIVE_INFINITY];
const charts = {
  'cumulative errors': cumulativeErrorChart(
    names.map((name) => ({ name, errors })),
    { threshold: 0.08, title: 'A title' },
  ),
  'risk over coverage': riskCoverageChart(names.map((name) => ({ name, errors, scores: [3, 2, 1] }))),
  'match characteristics': matchCharacteristicChart(names.map((name) => ({ name, ranks: [1, 7, 30] }))),
  'errors by size': errorBySizeChart(names.map((name) => ({ name, sizes: [{ size: '12-16 px', error: value }] }))),
  'errors of points': pointErrorChart(
    5,
    names.map((name) => ({ name, errors: [0.1, 0.2, 0.1, Number.NaN, 0] })),
  ),
  metrics: metricChart(
    names.map((name, paper) => ({ name, value, paper })),
    { label: 'top-1 (%)' },
  ),
};

describe('renderChart', () => {
  const warn = vi.spyOn(console, 'warn');
  const write = vi.spyOn(process.stderr, 'write');
  beforeEach(() => {
    warn.mockClear();
    write.mockClear();
  });
  afterEach(() => {
    expect(warn).not.toHaveBeenCalled();
    expect(write).not.toHaveBeenCalled();
  });

  it.each(Object.entries(charts))(
    'draws %s in a fixed size on white with every name, and nothing that is NaN',
    async (_, spec) => {
      const svg = await renderChart(spec);
      expect(svg).toMatch(/^<svg [^>]*width="720" height="420" viewBox="0 0 720 420"/);
      expect(svg).toContain('<rect width="720" height="420" fill="white"');
      for (const name of names) expect(svg.includes(`${name}</text>`), name).toBe(true);
      expect(svg.match(/.{60}(NaN|Infinity|undefined)/)).toBeNull();
    },
  );

  it('gives the same bytes for the same specification, whatever was drawn before', async () => {
    const first = await renderChart(charts['cumulative errors']);
    await renderChart(charts.metrics);
    expect(await renderChart(structuredClone(charts['cumulative errors']))).toBe(first);
  });

  it('numbers the clip paths of each picture from 0', async () => {
    const clipped = {
      data: { values: [{ x: 1 }, { x: 2 }] },
      mark: { type: 'line' as const, clip: true },
      encoding: { x: { field: 'x', type: 'quantitative' as const }, y: { field: 'x', type: 'quantitative' as const } },
    };
    const first = await renderChart(clipped);
    expect(first).toContain('id="clip');
    expect(await renderChart(clipped)).toBe(first);
    expect(await Promise.all([clipped, clipped, clipped].map(renderChart))).toEqual([first, first, first]);
  });

  it.each(['errors by size', 'metrics'] as const)(
    'draws no bar of %s with an end that is not a number',
    async (kind) => {
      expect(await renderChart(charts[kind])).not.toContain('"rule mark"');
    },
  );

  it('shows names as they are, and escapes markup in them', async () => {
    const hostile = '</text><script>alert("1")</script>&amp;';
    const svg = await renderChart(cumulativeErrorChart([{ name: hostile, errors: [0.1] }]));
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;/text&gt;&lt;script&gt;');
  });
});

describe('renderChart without its packages', () => {
  it.each(['vega', 'vega-lite'])('says what to install if %s is missing', async (name) => {
    const outcome = await runWithPackages('test/node/report/render-chart.fixture.ts', { [name]: null });
    expect(outcome).toMatchObject({ name: 'PackageUnavailableError', code: 'PACKAGE_UNAVAILABLE' });
    expect(outcome.message).toBe(`Charts need ${name}, which is not installed: npm install vega@5 vega-lite@5`);
  });

  it('distinguishes a package that does not load from a missing one', async () => {
    const broken = `data:text/javascript,${encodeURIComponent("throw new Error('Broken.')")}`;
    const outcome = await runWithPackages('test/node/report/render-chart.fixture.ts', { vega: broken });
    expect(outcome).toMatchObject({ code: 'PACKAGE_UNAVAILABLE' });
    expect(outcome.message).toBe(
      'vega and vega-lite, which draw charts, do not load: Broken. Try npm install vega@5 vega-lite@5',
    );
  });
});

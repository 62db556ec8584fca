import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../../src/errors.js';
import type { ChartSpec } from '../../../src/reports/charts/chart-frame.js';
import {
  cumulativeErrorChart,
  errorBySizeChart,
  pointErrorChart,
  riskCoverageChart,
} from '../../../src/reports/charts/error-charts.js';
import { matchCharacteristicChart, metricChart } from '../../../src/reports/charts/recognition-charts.js';

type Row = Record<string, unknown>;

/** The rows a specification draws: its own, or those of a layer. */
function rowsOf(spec: ChartSpec, layer?: number): Row[] {
  const holder = layer === undefined ? spec : (spec as unknown as { layer: unknown[] }).layer[layer];
  return (holder as { data: { values: Row[] } }).data.values;
}

describe('cumulativeErrorChart', () => {
  it('draws percent of faces over percent of error, and a rule at the threshold', () => {
    const errors = [0.02, 0.05, 0.1, Number.POSITIVE_INFINITY];
    const spec = cumulativeErrorChart([{ name: 'ours', errors }], { threshold: 0.08, maxError: 0.12 });
    expect(rowsOf(spec, 0)).toEqual([{ error: 8 }]);
    const rows = rowsOf(spec, 1) as { series: string; error: number; faces: number }[];
    const at = (error: number) => rows.find((row) => Math.abs(row.error - error) < 1e-9)!.faces;
    expect([at(0), at(3), at(8), at(12)]).toEqual([0, 25, 50, 75]);
    expect(rows.at(-1)!.error).toBeCloseTo(12, 9);
  });

  it('draws no rule without a threshold', () => {
    const spec = cumulativeErrorChart([{ name: 'ours', errors: [0.1] }]) as unknown as { layer: unknown[] };
    expect(spec.layer).toHaveLength(1);
  });
});

describe('riskCoverageChart', () => {
  it('draws the mean error of the highest-scored faces up to the first infinite error', () => {
    const errors = [0.02, 0.04, Number.POSITIVE_INFINITY];
    const spec = riskCoverageChart([{ name: 'ours', errors, scores: [0.9, 0.5, 0] }]);
    expect(rowsOf(spec)).toEqual([
      { series: 'ours', kept: expect.closeTo(100 / 3, 9), risk: 2 },
      { series: 'ours', kept: expect.closeTo(200 / 3, 9), risk: expect.closeTo(3, 9) },
    ]);
  });
});

describe('matchCharacteristicChart', () => {
  it('draws the share of probes whose first mate is within each rank', () => {
    const ranks = [1, 1, 3, Number.POSITIVE_INFINITY];
    const rows = rowsOf(matchCharacteristicChart([{ name: 'aligned', ranks }], { maxRank: 4 }));
    expect(rows.map(({ rank, identified }) => [rank, identified])).toEqual([
      [1, 50],
      [2, 50],
      [3, 75],
      [4, 75],
    ]);
  });

  it.each([[[]], [[0]], [[Number.NaN]]])('refuses the ranks %j', (ranks) => {
    expect(() => matchCharacteristicChart([{ name: 'a', ranks }])).toThrow(InvalidArgumentError);
  });

  it('refuses a maxRank below 2', () => {
    expect(() => matchCharacteristicChart([{ name: 'a', ranks: [1] }], { maxRank: 1 })).toThrow('not 1');
  });
});

describe('errorBySizeChart', () => {
  it('keeps the order of sizes, draws percent, and leaves out means that are not finite', () => {
    const sizes = [
      { size: '16-20 px', error: { estimate: 0.05, low: 0.04, high: 0.07 } },
      { size: '12-16 px', error: { estimate: Number.POSITIVE_INFINITY, low: 0.1, high: Number.POSITIVE_INFINITY } },
    ];
    const spec = errorBySizeChart([{ name: 'ours', sizes }]);
    expect(rowsOf(spec)).toEqual([{ series: 'ours', size: '16-20 px', mean: 5, low: 4, high: expect.closeTo(7, 9) }]);
    expect(spec).toMatchObject({ encoding: { x: { sort: ['16-20 px', '12-16 px'] } } });
  });
});

describe('metricChart', () => {
  it("draws the paper's numbers, if any, and the value at the end of each bar", () => {
    const value = { estimate: 31.24, low: 28.9, high: 33.6 };
    const [row] = rowsOf(metricChart([{ name: 'I3', value, paper: 51.1 }], { label: 'top-1 (%)' }));
    expect(row).toMatchObject({ name: 'I3', ...value, paper: 51.1, text: '31.2', end: 33.6 });
    const layers = (paper: number | undefined) => {
      const bar = paper === undefined ? { name: 'I3', value } : { name: 'I3', value, paper };
      return (metricChart([bar], { label: 'top-1' }) as unknown as { layer: unknown[] }).layer.length;
    };
    expect(layers(51.1) - layers(undefined)).toBe(1);
  });

  it('puts the number at the end of a bar without an interval', () => {
    const value = { estimate: 12, low: Number.NaN, high: Number.NaN };
    expect(rowsOf(metricChart([{ name: 'a', value }], { label: 'x', digits: 0 }))[0]).toMatchObject({
      end: 12,
      text: '12',
      low: null,
    });
  });
});

describe('a metric or error that is not finite', () => {
  it('becomes null in the specification, which is JSON', () => {
    const [row] = rowsOf(
      metricChart([{ name: 'a', value: { estimate: Number.NaN, low: 0, high: Infinity } }], { label: 'x' }),
    );
    expect(row).toMatchObject({ estimate: null, high: null, text: '–', end: 0 });
    const error = { estimate: 0.05, low: 0.04, high: Number.POSITIVE_INFINITY };
    expect(rowsOf(errorBySizeChart([{ name: 'a', sizes: [{ size: '1 px', error }] }]))[0]).toMatchObject({
      high: null,
    });
  });
});

describe('pointErrorChart', () => {
  it('names few points and numbers many, and leaves out errors that are not finite', () => {
    const few = rowsOf(pointErrorChart(5, [{ name: 'a', errors: [0.01, 0.02, Number.NaN, 0.04, 0.05] }]));
    expect(few.map(({ point }) => point)).toEqual([
      'left-eye-center',
      'right-eye-center',
      'left-mouth-corner',
      'right-mouth-corner',
    ]);
    expect(rowsOf(pointErrorChart(68, [{ name: 'a', errors: Array(68).fill(0.1) }]))[67]).toEqual({
      series: 'a',
      point: '67',
      error: 10,
    });
  });

  it("refuses a number of errors other than the scheme's", () => {
    expect(() => pointErrorChart(5, [{ name: 'ours', errors: [1] }])).toThrow('ours has 1 errors');
  });
});

describe('every chart', () => {
  const errors = [0.1];
  const charts: [string, (names: string[]) => ChartSpec][] = [
    ['cumulative errors', (names) => cumulativeErrorChart(names.map((name) => ({ name, errors })))],
    ['risk over coverage', (names) => riskCoverageChart(names.map((name) => ({ name, errors, scores: [1] })))],
    ['match characteristics', (names) => matchCharacteristicChart(names.map((name) => ({ name, ranks: [1] })))],
    ['errors by size', (names) => errorBySizeChart(names.map((name) => ({ name, sizes: [] })))],
    [
      'errors of points',
      (names) =>
        pointErrorChart(
          5,
          names.map((name) => ({ name, errors: Array(5).fill(0) })),
        ),
    ],
    [
      'metrics',
      (names) =>
        metricChart(
          names.map((name) => ({ name, value: { estimate: 1, low: 1, high: 1 } })),
          { label: 'x' },
        ),
    ],
  ];

  it.each(charts)('of %s refuses an empty list, and two series of one name', (_, chart) => {
    expect(() => chart([])).toThrow(InvalidArgumentError);
    expect(() => chart(['same', 'other', 'same'])).toThrow('"same"');
  });
});

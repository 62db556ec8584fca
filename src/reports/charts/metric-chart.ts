import type { Interval } from '../../metrics/bootstrap-interval.js';
import {
  type ChartOptions,
  type ChartSpec,
  chartFrame,
  finiteOrNull,
  seriesNames,
  WITH_INTERVAL,
} from './chart-frame.js';

/** One bar of a metric. */
export interface MetricBar {
  name: string;
  value: Interval;
  /** What the paper measured, on its own data; drawn as a hollow diamond. */
  paper?: number;
}

/** How a metric is drawn. */
export interface MetricChartOptions extends ChartOptions {
  /** What the bars are, with its unit: `top-1 (%)`. */
  label: string;
  /** Decimals of the numbers at the bars; 1 by default. */
  digits?: number;
}

const BAR = '#56b4e9';
const PAPER = '#d55e00';
const INK = '#222222';

/**
 * A metric of several settings as a Vega-Lite specification: a bar from zero each, in the order given, with its
 * interval and, where there is one, the paper's number.
 *
 * @throws InvalidArgumentError without bars, or when two have one name.
 * @example
 * ```ts
 * const spec = metricChart([{ name: 'I3', value: { estimate: 31.2, low: 28.9, high: 33.6 }, paper: 51.1 }], { label:
 * 'top-1 (%)' });
 * ```
 */
export function metricChart(
  bars: readonly MetricBar[],
  { label, digits = 1, ...options }: MetricChartOptions,
): ChartSpec {
  const names = seriesNames(bars);
  const values = bars.map(({ name, value, paper }) => {
    const [estimate, low, high] = [value.estimate, value.low, value.high].map(finiteOrNull);
    const text = estimate == null ? '–' : estimate.toFixed(digits);
    return { name, estimate, low, high, paper, end: Math.max(estimate ?? 0, high ?? 0), text };
  });
  const hasPaper = bars.some(({ paper }) => paper !== undefined);
  const y = {
    field: 'name',
    type: 'nominal',
    sort: names,
    title: null,
    axis: { labelLimit: 300, labelPadding: 8, ticks: false },
  };
  const x = { field: 'estimate', type: 'quantitative', title: label, scale: { zero: true } };
  const paperMark = {
    transform: [{ filter: 'isValid(datum.paper)' }],
    mark: { type: 'point', shape: 'diamond', size: 90, strokeWidth: 2, opacity: 1 },
    encoding: {
      x: { field: 'paper', type: 'quantitative' },
      stroke: {
        datum: 'paper, other data',
        scale: { range: [PAPER] },
        legend: { symbolSize: 90, symbolType: 'diamond' },
      },
    },
  };
  const content = {
    data: { values },
    encoding: { y },
    layer: [
      { mark: { type: 'bar', color: BAR, height: { band: 0.6 } }, encoding: { x } },
      {
        transform: WITH_INTERVAL,
        mark: { type: 'rule', color: INK, strokeWidth: 1.5 },
        encoding: { x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } },
      },
      {
        mark: { type: 'text', align: 'left', dx: 6, color: INK, fontSize: 12 },
        encoding: { x: { field: 'end', type: 'quantitative' }, text: { field: 'text' } },
      },
      ...(hasPaper ? [paperMark] : []),
    ],
  };
  return chartFrame(content, `${label} of ${names.join(', ')}`, options);
}

import { InvalidArgumentError } from '../../errors.js';
import type { Interval } from '../../metrics/bootstrap-interval.js';
import {
  type ChartOptions,
  type ChartSpec,
  chartFrame,
  finiteOrNull,
  INK,
  seriesLines,
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

/** How match characteristics are drawn. */
export interface MatchCharacteristicChartOptions extends ChartOptions {
  /** The last rank drawn; 20 by default, where TinyFace's protocol ends. */
  maxRank?: number;
}

const BAR = '#56b4e9';
const PAPER = '#d55e00';

/**
 * A metric of several settings as a Vega-Lite specification: a bar each, in the order given, with its interval and,
 * where there is one, the paper's number.
 *
 * @throws InvalidArgumentError without bars, and for two of one name.
 * @example
 * ```ts
 * const value = { estimate: 31.2, low: 28.9, high: 33.6 };
 * const spec = metricChart([{ name: 'I3', value, paper: 51.1 }], { label: 'top-1 (%)' });
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
  const nameAxis = { labelLimit: 300, labelPadding: 8, ticks: false };
  const y = { field: 'name', type: 'nominal', sort: names, title: null, axis: nameAxis };
  const x = { field: 'estimate', type: 'quantitative', title: label, scale: { zero: true } };
  const legend = { symbolSize: 90, symbolType: 'diamond' };
  const paperMark = {
    transform: [{ filter: 'isValid(datum.paper)' }],
    mark: { type: 'point', shape: 'diamond', size: 90, strokeWidth: 2, opacity: 1 },
    encoding: {
      x: { field: 'paper', type: 'quantitative' },
      stroke: { datum: 'paper, other data', scale: { range: [PAPER] }, legend },
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
      ...(bars.some(({ paper }) => paper !== undefined) ? [paperMark] : []),
    ],
  };
  return chartFrame(content, `${label} of ${names.join(', ')}`, options);
}

/**
 * Cumulative match characteristics as a Vega-Lite specification: the share of probes whose first mate is among the x
 * most similar faces of the gallery. At x = 1 it is top-1.
 *
 * @param series For each probe, the rank of its first mate, from 1; infinite for a probe that was not embedded.
 * @throws InvalidArgumentError without series or probes, for two of one name, and for a rank below 1 or NaN.
 * @example
 * ```ts
 * const spec = matchCharacteristicChart([{ name: 'aligned', ranks: [1, 1, 4] }, { name: 'none', ranks: [1, 9, 30] }]);
 * ```
 */
export function matchCharacteristicChart(
  series: readonly { name: string; ranks: readonly number[] }[],
  { maxRank = 20, ...options }: MatchCharacteristicChartOptions = {},
): ChartSpec {
  if (!(Number.isInteger(maxRank) && maxRank >= 2)) {
    throw new InvalidArgumentError(`maxRank must be a whole number from 2, not ${maxRank}.`);
  }
  const names = seriesNames(series);
  const values = series.flatMap(({ name, ranks }) => {
    assertRanks(name, ranks);
    return Array.from({ length: maxRank }, (_, index) => ({
      series: name,
      rank: index + 1,
      identified: (100 * ranks.filter((rank) => rank <= index + 1).length) / ranks.length,
    }));
  });
  const content = {
    data: { values },
    mark: { type: 'line', strokeWidth: 2, point: { size: 25 } },
    encoding: {
      x: {
        field: 'rank',
        type: 'quantitative',
        title: 'rank',
        scale: { domain: [1, maxRank], nice: false },
        axis: { tickMinStep: 1, grid: false },
      },
      y: { field: 'identified', type: 'quantitative', title: 'probes identified by then (%)', scale: { zero: false } },
      ...seriesLines(names),
    },
  };
  return chartFrame(content, `Cumulative match characteristics of ${names.join(', ')}`, options);
}

function assertRanks(name: string, ranks: readonly number[]): void {
  if (ranks.length === 0) throw new InvalidArgumentError(`${name} has no ranks: give one for each probe.`);
  const wrong = ranks.findIndex((rank) => !(rank >= 1));
  if (wrong !== -1) {
    throw new InvalidArgumentError(`Rank ${wrong} of ${name} is ${ranks[wrong]}: ranks count from 1.`);
  }
}

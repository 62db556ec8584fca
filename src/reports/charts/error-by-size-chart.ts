import type { Interval } from '../../metrics/bootstrap-interval.js';
import {
  type ChartOptions,
  type ChartSpec,
  chartFrame,
  finiteOrNull,
  seriesNames,
  seriesPoints,
  WITH_INTERVAL,
} from './chart-frame.js';

/** One predictor's errors on faces of several sizes. */
export interface ErrorBySizeSeries {
  name: string;
  /**
   * Of each size, in the order of the axis: its label, `16-20 px`, and the mean error with its interval, as shares of
   * the face.
   */
  sizes: readonly { size: string; error: Interval }[];
}

/** How errors by size are drawn. */
export interface ErrorBySizeChartOptions extends ChartOptions {
  /** What errors are divided by, for the axis. By default `size of the face`. */
  normalizer?: string;
}

/**
 * Mean errors by size of the face as a Vega-Lite specification: a point for each predictor and size, its interval as
 * a bar through it. Means that are not finite (a predictor that failed on a face) are left out.
 *
 * @throws InvalidArgumentError without series, or when two have one name.
 * @example
 * ```ts
 * const spec = errorBySizeChart([
 *   { name: 'ours', sizes: [{ size: '16-20 px', error: { estimate: 0.052, low: 0.049, high: 0.056 } }] },
 * ]);
 * ```
 */
export function errorBySizeChart(
  series: readonly ErrorBySizeSeries[],
  { normalizer = 'size of the face', ...options }: ErrorBySizeChartOptions = {},
): ChartSpec {
  const names = seriesNames(series);
  const sizes = [...new Set(series.flatMap((one) => one.sizes.map(({ size }) => size)))];
  const values = series.flatMap(({ name, sizes: ofSeries }) =>
    ofSeries
      .filter(({ error }) => Number.isFinite(error.estimate))
      .map(({ size, error: { estimate, low, high } }) => {
        return {
          series: name,
          size,
          mean: 100 * estimate,
          low: finiteOrNull(100 * low),
          high: finiteOrNull(100 * high),
        };
      }),
  );
  const x = { field: 'size', type: 'ordinal', title: 'size of the face', sort: sizes, axis: { labelAngle: 0 } };
  const { color, shape } = seriesPoints(names);
  const content = {
    data: { values },
    encoding: { x, xOffset: { field: 'series', sort: names }, color },
    layer: [
      {
        transform: WITH_INTERVAL,
        mark: { type: 'rule', strokeWidth: 2 },
        encoding: {
          y: {
            field: 'low',
            type: 'quantitative',
            title: `mean error (% of the ${normalizer})`,
            scale: { zero: true },
          },
          y2: { field: 'high' },
        },
      },
      {
        mark: { type: 'point', filled: true, size: 70, opacity: 1 },
        encoding: { y: { field: 'mean', type: 'quantitative' }, shape },
      },
    ],
  };
  return chartFrame(content, `Mean error by size of the face, of ${names.join(', ')}`, options);
}

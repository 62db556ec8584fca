import { cumulativeErrorCurve } from '../../metrics/cumulative-error.js';
import { axis, type ChartOptions, type ChartSpec, chartFrame, seriesLines, seriesNames } from './chart-frame.js';

/** How cumulative errors are drawn. */
export interface CumulativeErrorChartOptions extends ChartOptions {
  /** Where the curves end, as a share of the face's size. By default 0.15. */
  maxError?: number;
  /** A vertical rule where failures begin, as a share of the face's size: 0.08, say. None by default. */
  threshold?: number;
  /** What errors are divided by, for the axis. By default `size of the face`. */
  normalizer?: string;
}

/** One sample a quarter of a percent of the face keeps steps visible where there are few faces. */
const SAMPLES_PER_UNIT = 400;

/**
 * Cumulative error curves as a Vega-Lite specification: the share of faces whose error is below x, one curve for each
 * predictor.
 *
 * @param series Errors of faces as `faceError` gives them, as shares of the face; a face that failed is infinite.
 * @throws InvalidArgumentError without series, or when two have one name; for errors as `cumulativeErrorCurve` does.
 * @example
 * ```ts
 * const spec = cumulativeErrorChart([{ name: 'ours', errors }, { name: 'mean shape', errors: floor }], { threshold:
 * 0.08 });
 * ```
 */
export function cumulativeErrorChart(
  series: readonly { name: string; errors: readonly number[] }[],
  { maxError = 0.15, threshold, normalizer = 'size of the face', ...options }: CumulativeErrorChartOptions = {},
): ChartSpec {
  const names = seriesNames(series);
  const samples = Math.max(2, Math.round(maxError * SAMPLES_PER_UNIT * 2) + 1);
  const values = series.flatMap(({ name, errors }) =>
    cumulativeErrorCurve(errors, maxError, samples).map((point) => ({
      series: name,
      error: 100 * point.threshold,
      faces: 100 * point.share,
    })),
  );
  const curves = {
    data: { values },
    mark: { type: 'line', strokeWidth: 2 },
    encoding: {
      x: axis('error', `error (% of the ${normalizer})`, 0, 100 * maxError),
      y: axis('faces', 'faces below it (%)', 0, 100),
      ...seriesLines(names),
    },
  };
  const rule = {
    data: { values: [{ error: 100 * (threshold ?? 0) }] },
    mark: { type: 'rule', color: '#555555', strokeDash: [2, 3] },
    encoding: { x: { field: 'error', type: 'quantitative' } },
  };
  const layer = threshold === undefined ? [curves] : [rule, curves];
  return chartFrame({ layer }, `Cumulative errors of ${names.join(', ')}`, options);
}

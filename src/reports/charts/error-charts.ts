import { InvalidArgumentError } from '../../errors.js';
import { landmarkSchemes, type SchemeName } from '../../landmarks/schemes.js';
import type { Interval } from '../../metrics/bootstrap-interval.js';
import { cumulativeErrorCurve } from '../../metrics/error-statistics.js';
import { riskCoverageCurve } from '../../metrics/risk-coverage.js';
import {
  axis,
  type ChartOptions,
  type ChartSpec,
  chartFrame,
  finiteOrNull,
  seriesLines,
  seriesNames,
  seriesPoints,
  WITH_INTERVAL,
} from './chart-frame.js';

/** What every chart of errors takes. */
export interface ErrorChartOptions extends ChartOptions {
  /** What errors are divided by, for the axis; `size of the face` by default. */
  normalizer?: string;
}

/** How cumulative errors are drawn. */
export interface CumulativeErrorChartOptions extends ErrorChartOptions {
  /** Where the curves end, as a share of the face's size; 0.15 by default. */
  maxError?: number;
  /** A vertical rule where failures begin, as a share of the face's size, such as 0.08; none by default. */
  threshold?: number;
}

/** One predictor's errors on faces of several sizes. */
export interface ErrorBySizeSeries {
  name: string;
  /** In the order of the axis: a label, `16-20 px`, and the mean error with its interval, as shares of the face. */
  sizes: readonly { size: string; error: Interval }[];
}

const FACE_SIZE = 'size of the face';
/** A sample every eighth of a percent: steps stay visible where there are few faces. */
const SAMPLES_PER_UNIT = 800;
/** Schemes of more points have their points numbered: there is no room for names. */
const MOST_NAMED = 19;

/**
 * Cumulative error curves as a Vega-Lite specification: the share of faces with an error below x, a curve per
 * predictor.
 *
 * @param series Errors of faces as `faceError` gives them, as shares of the face; a failed face is infinite.
 * @throws InvalidArgumentError without series, for two of one name, and for errors as `cumulativeErrorCurve` does.
 * @example
 * ```ts
 * const spec = cumulativeErrorChart([{ name: 'ours', errors }], { threshold: 0.08 });
 * ```
 */
export function cumulativeErrorChart(
  series: readonly { name: string; errors: readonly number[] }[],
  { maxError = 0.15, threshold, normalizer = FACE_SIZE, ...options }: CumulativeErrorChartOptions = {},
): ChartSpec {
  const names = seriesNames(series);
  const samples = Math.max(2, Math.round(maxError * SAMPLES_PER_UNIT) + 1);
  const values = series.flatMap(({ name, errors }) =>
    cumulativeErrorCurve(errors, maxError, samples).map((point) => {
      return { series: name, error: 100 * point.threshold, faces: 100 * point.share };
    }),
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

/**
 * Mean errors by size of the face as a Vega-Lite specification: a point per predictor and size, its interval as a bar
 * through it. Means that are not finite are left out.
 *
 * @throws InvalidArgumentError without series, and for two of one name.
 */
export function errorBySizeChart(
  series: readonly ErrorBySizeSeries[],
  { normalizer = FACE_SIZE, ...options }: ErrorChartOptions = {},
): ChartSpec {
  const names = seriesNames(series);
  const labels = [...new Set(series.flatMap(({ sizes }) => sizes.map(({ size }) => size)))];
  const values = series.flatMap(({ name, sizes }) =>
    sizes
      .filter(({ error }) => Number.isFinite(error.estimate))
      .map(({ size, error }) => {
        const [low, high] = [error.low, error.high].map((end) => finiteOrNull(100 * end));
        return { series: name, size, mean: 100 * error.estimate, low, high };
      }),
  );
  const x = { field: 'size', type: 'ordinal', title: 'size of the face', sort: labels, axis: { labelAngle: 0 } };
  const { color, shape } = seriesPoints(names);
  const content = {
    data: { values },
    encoding: { x, xOffset: { field: 'series', sort: names }, color },
    layer: [
      {
        transform: WITH_INTERVAL,
        mark: { type: 'rule', strokeWidth: 2 },
        encoding: { y: meanErrorAxis('low', normalizer), y2: { field: 'high' } },
      },
      {
        mark: { type: 'point', filled: true, size: 70, opacity: 1 },
        encoding: { y: { field: 'mean', type: 'quantitative' }, shape },
      },
    ],
  };
  return chartFrame(content, `Mean error by size of the face, of ${names.join(', ')}`, options);
}

/**
 * Mean error of each point of a scheme as a Vega-Lite specification, a mark per predictor. Errors that are not finite
 * are left out.
 *
 * @param series The mean error of each point, as shares of the face.
 * @throws InvalidArgumentError without series, for two of one name, and for a number of errors other than the scheme's.
 */
export function pointErrorChart(
  scheme: SchemeName,
  series: readonly { name: string; errors: readonly number[] }[],
  { normalizer = FACE_SIZE, ...options }: ErrorChartOptions = {},
): ChartSpec {
  const names = seriesNames(series);
  const isNamed = scheme <= MOST_NAMED;
  const points = landmarkSchemes[scheme].names.map((name, index) => (isNamed ? name : String(index)));
  const values = series.flatMap(({ name, errors }) => {
    if (errors.length !== points.length) {
      throw new InvalidArgumentError(`${name} has ${errors.length} errors; the scheme has ${points.length} points.`);
    }
    return errors.flatMap((error, index) =>
      Number.isFinite(error) ? [{ series: name, point: points[index]!, error: 100 * error }] : [],
    );
  });
  const content = {
    data: { values },
    mark: { type: 'point', filled: true, size: 45, opacity: 1 },
    encoding: {
      x: {
        field: 'point',
        type: 'ordinal',
        title: isNamed ? null : 'point',
        scale: { domain: points },
        axis: { labelAngle: isNamed ? -45 : 0, labelOverlap: !isNamed, labelLimit: 200, grid: true },
      },
      y: meanErrorAxis('error', normalizer),
      ...seriesPoints(names),
    },
  };
  return chartFrame(content, `Mean error of each point, of ${names.join(', ')}`, options);
}

/**
 * Risk-coverage curves as a Vega-Lite specification: the mean error of the highest-scored faces, over the share of
 * faces kept.
 *
 * @param series Errors as shares of the face, with scores, higher for surer; `-error` as the score draws the best
 * possible curve. A curve ends at the first infinite error.
 * @throws InvalidArgumentError without series, for two of one name, and for errors and scores as `riskCoverageCurve`
 * does.
 */
export function riskCoverageChart(
  series: readonly { name: string; errors: readonly number[]; scores: readonly number[] }[],
  { normalizer = FACE_SIZE, ...options }: ErrorChartOptions = {},
): ChartSpec {
  const names = seriesNames(series);
  const values = series.flatMap(({ name, errors, scores }) =>
    riskCoverageCurve(errors, scores)
      .filter(({ risk }) => Number.isFinite(risk))
      .map(({ coverage, risk }) => ({ series: name, kept: 100 * coverage, risk: 100 * risk })),
  );
  const content = {
    data: { values },
    mark: { type: 'line', strokeWidth: 2 },
    encoding: {
      x: axis('kept', 'faces kept, the surest first (%)', 0, 100),
      y: meanErrorAxis('risk', normalizer, 'their mean error'),
      ...seriesLines(names),
    },
  };
  return chartFrame(content, `Mean error over the share of faces kept, of ${names.join(', ')}`, options);
}

function meanErrorAxis(field: string, normalizer: string, title = 'mean error') {
  return { field, type: 'quantitative', title: `${title} (% of the ${normalizer})`, scale: { zero: true } };
}

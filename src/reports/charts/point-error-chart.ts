import { InvalidArgumentError } from '../../errors.js';
import { landmarkSchemes, type SchemeName } from '../../landmarks/schemes.js';
import { type ChartOptions, type ChartSpec, chartFrame, seriesNames, seriesPoints } from './chart-frame.js';

/** How errors of points are drawn. */
export interface PointErrorChartOptions extends ChartOptions {
  /** What errors are divided by, for the axis. By default `size of the face`. */
  normalizer?: string;
}

/** Up to so many points have room for their names; more are numbered. */
const MOST_NAMED = 19;

/**
 * Mean error of each point of a scheme as a Vega-Lite specification, one mark for each predictor. Errors that are not
 * finite are left out.
 *
 * @param series The mean error of each point, as shares of the face.
 * @throws InvalidArgumentError without series, when two have one name, or when there are not as many errors as points.
 */
export function pointErrorChart(
  scheme: SchemeName,
  series: readonly { name: string; errors: readonly number[] }[],
  { normalizer = 'size of the face', ...options }: PointErrorChartOptions = {},
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
      y: { field: 'error', type: 'quantitative', title: `mean error (% of the ${normalizer})`, scale: { zero: true } },
      ...seriesPoints(names),
    },
  };
  return chartFrame(content, `Mean error of each point, of ${names.join(', ')}`, options);
}

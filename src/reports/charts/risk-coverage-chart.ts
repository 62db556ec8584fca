import { riskCoverageCurve } from '../../metrics/risk-coverage.js';
import { axis, type ChartOptions, type ChartSpec, chartFrame, seriesLines, seriesNames } from './chart-frame.js';

/** How risk over coverage is drawn. */
export interface RiskCoverageChartOptions extends ChartOptions {
  /** What errors are divided by, for the axis. By default `size of the face`. */
  normalizer?: string;
}

/**
 * Risk-coverage curves as a Vega-Lite specification: the mean error of the surest faces, over the share of faces kept.
 *
 * @param series Errors as shares of the face and a score for each, higher is surer; `-error` as the score draws the
 * best possible curve. The curve ends where the first infinite error comes in.
 * @throws InvalidArgumentError without series, or when two have one name; for errors and scores as
 * `riskCoverageCurve` does.
 * @example
 * ```ts
 * const spec = riskCoverageChart([{ name: 'ours', errors, scores }]);
 * ```
 */
export function riskCoverageChart(
  series: readonly { name: string; errors: readonly number[]; scores: readonly number[] }[],
  { normalizer = 'size of the face', ...options }: RiskCoverageChartOptions = {},
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
      y: {
        field: 'risk',
        type: 'quantitative',
        title: `their mean error (% of the ${normalizer})`,
        scale: { zero: true },
      },
      ...seriesLines(names),
    },
  };
  return chartFrame(content, `Mean error over the share of faces kept, of ${names.join(', ')}`, options);
}

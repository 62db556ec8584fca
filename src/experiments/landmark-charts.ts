import type { PredictorResult } from '../evaluation/evaluate-predictions.js';
import type { Measurement } from '../evaluation/measure-errors.js';
import { cumulativeErrorChart, errorBySizeChart, pointErrorChart } from '../reports/charts/error-charts.js';
import type { ChartSection } from '../reports/report.js';
import { resultBy, sizeLabel } from './landmark-tables.js';

const FAILURE_THRESHOLD = 0.08;

/**
 * Errors as charts: cumulative curves, by size where there are several, by point. None when no predictor was measured
 * so.
 *
 * @param where Ends each heading.
 * @param normalizer What errors are divided by, in words.
 */
export function landmarkCharts(
  predictors: readonly PredictorResult[],
  measurement: Measurement,
  where: string,
  normalizer: string,
): ChartSection[] {
  const measured = predictors.flatMap((predictor) => {
    const result = resultBy(predictor, measurement);
    return result ? [{ name: predictor.name, result }] : [];
  });
  if (measured.length === 0) return [];
  const errors = measured.map(({ name, result }) => ({
    name,
    errors: result.errors.filter((error) => error !== undefined),
  }));
  const charts: ChartSection[] = [
    {
      kind: 'chart',
      heading: `Cumulative errors${where}`,
      spec: cumulativeErrorChart(errors, { threshold: FAILURE_THRESHOLD, normalizer }),
    },
  ];
  const bySize = measured.map(({ name, result }) => ({
    name,
    sizes: result.bySize.flatMap(({ low, high, result: found }) =>
      found?.meanError ? [{ size: `${sizeLabel(low, high)} px`, error: found.meanError }] : [],
    ),
  }));
  if (bySize.some(({ sizes }) => sizes.length > 1)) {
    charts.push({
      kind: 'chart',
      heading: `Errors by size of the face${where}`,
      spec: errorBySizeChart(bySize, { normalizer }),
    });
  }
  const byPoint = measured.map(({ name, result }) => ({ name, errors: result.byPoint.map(({ mean }) => mean) }));
  charts.push({
    kind: 'chart',
    heading: `Errors by point${where}`,
    spec: pointErrorChart(measurement.points, byPoint, { normalizer }),
  });
  return charts;
}

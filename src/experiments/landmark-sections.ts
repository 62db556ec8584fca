import { drawFaceErrors } from '../drawing/draw-face-errors.js';
import { canMeasure, type Measurement, measurementsOf } from '../evaluation/measure-errors.js';
import { worstAndBest } from '../evaluation/worst-and-best.js';
import { convertLandmarks } from '../landmarks/convert.js';
import type { ChartSpec } from '../reports/charts/chart-frame.js';
import { cumulativeErrorChart, errorBySizeChart, pointErrorChart } from '../reports/charts/error-charts.js';
import type { ReportFigure, ReportSection, ReportTable } from '../reports/report.js';
import { sizeLabel } from '../reports/table-cells.js';
import type { EvaluatedSet } from './evaluate-set.js';
import {
  accuracyTable,
  comparisonTable,
  eyeDistanceTable,
  failureTable,
  resultBy,
  sizeTable,
} from './landmark-tables.js';
import { scoreSections } from './score-sections.js';

const FAILURE_THRESHOLD = 0.08;
const MOST_FAILURES_SHOWN = 200;
const NOTE =
  'Lost faces are those on which the predictor threw or gave no points. NRMSE is over the others; the median, AUC and the share over a threshold count every face. In brackets are 95 % bootstrap intervals over photographs or people.';

/** The sections of a report on a set: tables, charts, and the worst and best faces of the first predictor. */
export async function landmarkSections(set: EvaluatedSet): Promise<ReportSection[]> {
  const { key, faces, results, paper } = set;
  const where = key === undefined ? '' : `, ${faces.name}`;
  const named = (name: string) => (key === undefined ? name : `${key}-${name}`);
  const byBox = measurementsOf(faces.scheme).filter(({ normalizer }) => normalizer === 'box');
  const table = (heading: string, name: string, content: ReportTable, note?: string): ReportSection[] => {
    if (content.rows.length === 0) return [];
    return [{ kind: 'table', heading: heading + where, name: named(name), table: content, ...(note ? { note } : {}) }];
  };
  const errorsAre = `Errors are shares of the size, sqrt(width x height), of the ${faces.normalizer}. ${NOTE}`;
  const shown = results.map((result) => ({ ...result, failures: result.failures.slice(0, MOST_FAILURES_SHOWN) }));
  return [
    ...byBox.flatMap((measurement, index) =>
      table(
        `Accuracy on ${measurement.points} points`,
        `accuracy-${measurement.points}`,
        accuracyTable(results, measurement, index === 0 ? paper : undefined),
        errorsAre,
      ),
    ),
    ...byBox.flatMap((measurement) =>
      table(`By size, ${measurement.points} points`, `sizes-${measurement.points}`, sizeTable(results, measurement)),
    ),
    ...table(
      'By eye distances, 68 points',
      'eye-distances',
      eyeDistanceTable(results),
      'The two normalizers of 300-W: between the outer eye corners, and between the eye centres, which is shorter and makes errors larger.',
    ),
    ...table(
      `Against ${results[0]!.name}, face by face`,
      'comparison',
      comparisonTable(results, byBox),
      `A positive difference favours ${results[0]!.name}. A lost face counts as an error as large as the face. p is of a sign-flip permutation test.`,
    ),
    ...byBox.flatMap((measurement) => chartsOf(set, measurement, where)),
    ...scoreSections(set, byBox[0]!, { where, name: named('scores') }),
    ...table(
      'Lost faces',
      'lost-faces',
      failureTable(shown),
      `At most ${MOST_FAILURES_SHOWN} of each predictor; predictions/ has all.`,
    ),
    ...(await figuresOf(set, byBox, where)),
  ];
}

/**
 * Errors as charts: cumulative curves, by size where there are several, by point. None when no predictor was measured
 * so.
 */
function chartsOf({ faces, results }: EvaluatedSet, measurement: Measurement, where: string): ReportSection[] {
  const measured = results.flatMap((predictor) => {
    const result = resultBy(predictor, measurement);
    return result ? [{ name: predictor.name, ...result }] : [];
  });
  if (measured.length === 0) return [];
  const { normalizer } = faces;
  const chart = (heading: string, spec: ChartSpec): ReportSection => {
    return { kind: 'chart', heading: `${heading}${where}, ${measurement.points} points`, spec };
  };
  const all = measured.map(({ name, errors }) => ({ name, errors: errors.filter((error) => error !== undefined) }));
  const bySize = measured.map(({ name, bySize }) => ({
    name,
    sizes: bySize.flatMap(({ low, high, result }) =>
      result?.meanError ? [{ size: `${sizeLabel(low, high)} px`, error: result.meanError }] : [],
    ),
  }));
  const byPoint = measured.map(({ name, byPoint }) => ({ name, errors: byPoint.map(({ mean }) => mean) }));
  return [
    chart('Cumulative errors', cumulativeErrorChart(all, { threshold: FAILURE_THRESHOLD, normalizer })),
    ...(bySize.some(({ sizes }) => sizes.length > 1)
      ? [chart('Errors by size of the face', errorBySizeChart(bySize, { normalizer }))]
      : []),
    chart('Errors by point', pointErrorChart(measurement.points, byPoint, { normalizer })),
  ];
}

async function figuresOf(
  { faces, predictions, results }: EvaluatedSet,
  byBox: readonly Measurement[],
  where: string,
): Promise<ReportSection[]> {
  const { name, scheme, records } = predictions[0]!;
  const measurement = byBox.find((one) => canMeasure(scheme, one))!;
  const measured = resultBy(results[0]!, measurement);
  if (!measured) return [];
  const errors = measured.errors.flatMap((error, index) => (error === undefined ? [] : [{ error, index }]));
  const figure = async ({ error, index }: { error: number; index: number }): Promise<ReportFigure> => {
    const { id, image, box, points: annotated } = await faces.face(index);
    const { points: found, failure } = records[index]!;
    const points = convertLandmarks(annotated, faces.scheme, measurement.points);
    const predicted = found && convertLandmarks(found, scheme, measurement.points);
    const caption = Number.isFinite(error) ? `${(100 * error).toFixed(1)} %` : (failure ?? 'failed');
    return { image: drawFaceErrors({ image, box, points, predicted }), name: id, caption };
  };
  const { worst, best } = worstAndBest(errors);
  const section = async (heading: string, some: typeof errors): Promise<ReportSection[]> => {
    if (some.length === 0) return [];
    const figures = await Promise.all(some.map(figure));
    const note = 'White rings: annotated. Amber dots: predicted. Grey box: given to the predictor.';
    return [{ kind: 'figures', heading: `${heading} of ${name}${where}`, note, figures }];
  };
  return [...(await section('Worst faces', worst)), ...(await section('Best faces', best))];
}

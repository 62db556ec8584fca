import type { PredictorRecords } from '../evaluation/evaluate-predictions.js';
import { canMeasure, type Measurement, measurementsOf } from '../evaluation/measure-errors.js';
import { worstAndBest } from '../evaluation/worst-and-best.js';
import { formatCsvRows } from '../formats/csv.js';
import { convertLandmarks } from '../landmarks/convert.js';
import { type FaceFigure, faceFigures } from '../reports/face-figures.js';
import type { ReportSection, ReportTable } from '../reports/report.js';
import type { EvaluatedSet } from './evaluate-set.js';
import { landmarkCharts } from './landmark-charts.js';
import {
  accuracyTable,
  comparisonTable,
  eyeDistanceTable,
  failureTable,
  resultBy,
  sizeTable,
} from './landmark-tables.js';
import { scoreSections } from './score-sections.js';

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
      `A positive difference is in favour of ${results[0]!.name}. A lost face counts as an error as large as the face. p is of a sign-flip permutation test.`,
    ),
    ...chartsOf(set, byBox, where),
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

/** The error of every face by every predictor and measurement, as CSV. */
export function facesCsv(sets: readonly EvaluatedSet[]): string {
  const rows = sets.flatMap(({ faces, truths, predictions, results }) =>
    results.flatMap(({ name, results: measured }, predictor) =>
      measured.flatMap(({ measurement: { points, normalizer }, errors }) =>
        truths.flatMap(({ id, size }, face) => {
          const error = errors[face];
          const milliseconds = predictions[predictor]!.records[face]!.milliseconds;
          return error === undefined ? [] : [[faces.name, id, size, name, points, normalizer, error, milliseconds]];
        }),
      ),
    ),
  );
  const head = ['set', 'face', 'size', 'predictor', 'points', 'normalizer', 'error', 'milliseconds'];
  return formatCsvRows([head, ...rows]);
}

function chartsOf({ faces, results }: EvaluatedSet, byBox: readonly Measurement[], where: string): ReportSection[] {
  return byBox.flatMap((measurement) =>
    landmarkCharts(results, measurement, `${where}, ${measurement.points} points`, faces.normalizer),
  );
}

async function figuresOf(
  { faces, predictions, results }: EvaluatedSet,
  byBox: readonly Measurement[],
  where: string,
): Promise<ReportSection[]> {
  const [{ name, scheme, records }] = predictions as [PredictorRecords];
  const measurement = byBox.find((one) => canMeasure(scheme, one))!;
  const measured = resultBy(results[0]!, measurement);
  if (!measured) return [];
  const errors = measured.errors.flatMap((error, index) => (error === undefined ? [] : [{ error, index }]));
  const figure = async ({ error, index }: { error: number; index: number }): Promise<FaceFigure> => {
    const { id, image, box, points } = await faces.face(index);
    const { points: predicted, failure } = records[index]!;
    return {
      id,
      error,
      failure,
      image,
      box,
      points: convertLandmarks(points, faces.scheme, measurement.points),
      predicted: predicted && convertLandmarks(predicted, scheme, measurement.points),
    };
  };
  const { worst, best } = worstAndBest(errors);
  const section = async (heading: string, some: typeof errors): Promise<ReportSection[]> => {
    if (some.length === 0) return [];
    const figures = faceFigures(await Promise.all(some.map(figure)));
    const note = 'White rings are annotated, amber dots predicted; the grey box was given.';
    return [{ kind: 'figures', heading: `${heading} of ${name}${where}`, note, figures }];
  };
  return [...(await section('Worst faces', worst)), ...(await section('Best faces', best))];
}

import type { Measurement } from '../evaluation/measure-errors.js';
import { mean } from '../geometry/sums.js';
import { areaUnderRiskCoverage, riskAtCoverage, riskCoverageCurve } from '../metrics/risk-coverage.js';
import { spearmanCorrelation } from '../metrics/spearman.js';
import { riskCoverageChart } from '../reports/charts/error-charts.js';
import type { ReportSection, TableCell } from '../reports/report.js';
import type { EvaluatedSet } from './evaluate-set.js';
import { resultBy } from './landmark-tables.js';

const COVERAGES = [1, 0.9, 0.8, 0.7, 0.5] as const;
const NOTE =
  'The mean error of the faces of the highest scores, as more of those with lower scores are left out, and the score at which to cut. The area is the mean over all coverages; "best" is that of sorting by the error itself, "useless" that of a random score. Spearman is the rank correlation of score and error: -1 would be perfect.';

interface ScoredPredictor {
  name: string;
  errors: readonly number[];
  scores: readonly number[];
}

/**
 * How well the scores of predictors order faces by error, as a table and risk-coverage curves; nothing where no
 * predictor gives scores. A lost face has an infinite error and no score: it is the last to be kept.
 */
export function scoreSections(
  { faces, predictions, results }: EvaluatedSet,
  measurement: Measurement,
  { where, name }: { where: string; name: string },
): ReportSection[] {
  const scored = predictions.flatMap(({ name: predictor, records }, index): ScoredPredictor[] => {
    const measured = resultBy(results[index]!, measurement)?.errors.flatMap((error, face) => {
      const { points, score } = records[face]!;
      return error === undefined ? [] : [{ error, score: points ? score : Number.NEGATIVE_INFINITY }];
    });
    if (!measured || measured.length < 2 || measured.some(({ score }) => score === undefined)) return [];
    const errors = measured.map(({ error }) => error);
    return [{ name: predictor, errors, scores: measured.map(({ score }) => score!) }];
  });
  if (scored.length === 0) return [];
  const columns = [
    { key: 'predictor', label: 'predictor' },
    ...COVERAGES.flatMap((coverage) => [
      { key: `nrmse${100 * coverage}`, label: `NRMSE at ${100 * coverage} %` },
      { key: `score${100 * coverage}`, label: 'score from' },
    ]),
    { key: 'area', label: 'area' },
    { key: 'best', label: 'best' },
    { key: 'useless', label: 'useless' },
    { key: 'spearman', label: 'Spearman' },
  ];
  const heading = `Scores and errors${where}, ${measurement.points} points`;
  const best = { name: 'by the error itself', errors: scored[0]!.errors, scores: scored[0]!.errors.map((e) => -e) };
  return [
    { kind: 'table', heading, name, note: NOTE, table: { columns, rows: scored.map(scoreRow) } },
    {
      kind: 'chart',
      heading: `Errors by coverage${where}, ${measurement.points} points`,
      spec: riskCoverageChart([...scored, best], { normalizer: faces.normalizer }),
      note: `"${best.name}" is the best that scores of ${scored[0]!.name} could give.`,
    },
  ];
}

function scoreRow({ name, errors, scores }: ScoredPredictor): TableCell[] {
  const curve = riskCoverageCurve(errors, scores);
  const best = riskCoverageCurve(
    errors,
    errors.map((error) => -error),
  );
  const kept = COVERAGES.flatMap((coverage) => {
    const { risk, score } = riskAtCoverage(curve, coverage);
    return [100 * risk, score];
  });
  const areas = [areaUnderRiskCoverage(curve), areaUnderRiskCoverage(best), mean(errors)].map((area) => 100 * area);
  return [name, ...kept, ...areas, spearmanCorrelation(scores, errors)];
}

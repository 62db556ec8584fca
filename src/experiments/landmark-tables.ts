import type { MeasuredResult, PredictorResult } from '../evaluation/evaluate-predictions.js';
import type { FacesResult } from '../evaluation/faces-result.js';
import type { Measurement } from '../evaluation/measure-errors.js';
import type { Interval } from '../metrics/bootstrap-interval.js';
import type { ReportTable, TableCell, TableColumn } from '../reports/report.js';
import { sizeLabel } from '../reports/table-cells.js';
import type { PaperNumbers } from './paper-ablation.js';

const predictorColumn = { key: 'predictor', label: 'predictor' };
const faceColumns: readonly TableColumn[] = [
  { key: 'faces', label: 'faces', digits: 0 },
  { key: 'lost', label: 'lost', digits: 0 },
  { key: 'nrmse', label: 'NRMSE (%)' },
  { key: 'std', label: '± std' },
];
const aucColumn = { key: 'auc008', label: 'AUC@0.08', digits: 1 };
const failureColumn = { key: 'failures008', label: 'over 0.08 (%)', digits: 1 };

const accuracyColumns: readonly TableColumn[] = [
  ...faceColumns,
  { key: 'median', label: 'median (%)' },
  { key: 'auc007', label: 'AUC@0.07', digits: 1 },
  aucColumn,
  { key: 'auc010', label: 'AUC@0.10', digits: 1 },
  failureColumn,
  { key: 'milliseconds', label: 'ms a face' },
];

const paperColumns: readonly TableColumn[] = [
  { key: 'paper_nrmse', label: 'NRMSE ± std (%)', isPaper: true },
  { key: 'paper_auc007', label: 'AUC@0.07', digits: 1, isPaper: true },
  { key: 'paper_auc008', label: 'AUC@0.08', digits: 1, isPaper: true },
];

/** What a predictor found by a measurement; undefined when its points do not allow that. */
export function resultBy(
  { results }: PredictorResult,
  { points, normalizer }: Measurement,
): MeasuredResult | undefined {
  return results.find(({ measurement }) => measurement.points === points && measurement.normalizer === normalizer);
}

/** Each predictor on all faces, with the time it takes, and the paper's numbers where there are any. */
export function accuracyTable(
  predictors: readonly PredictorResult[],
  measurement: Measurement,
  paper?: Readonly<Record<string, PaperNumbers>>,
): ReportTable {
  const rows = predictors.flatMap((predictor): TableCell[][] => {
    const result = resultBy(predictor, measurement);
    if (!result) return [];
    const theirs = paper?.[predictor.name];
    const paperCells = [theirs && { mean: theirs.nrmse, std: theirs.nrmseStd }, theirs?.auc007, theirs?.auc008];
    const { auc007, auc010, median, failureRate008 } = result.all.summary;
    const aucs = [auc007, result.all.auc008, auc010];
    const { name, milliseconds } = predictor;
    const cells = [name, ...faceCells(result.all), median, ...aucs, failureRate008, milliseconds];
    return [paper ? [...cells, ...paperCells] : cells];
  });
  return { columns: [predictorColumn, ...accuracyColumns, ...(paper ? paperColumns : [])], rows };
}

/** Each predictor on the faces of each size. */
export function sizeTable(predictors: readonly PredictorResult[], measurement: Measurement): ReportTable {
  const sizes = predictors.map((predictor) => resultBy(predictor, measurement)?.bySize).find(Boolean) ?? [];
  const rows = sizes.flatMap(({ low, high }, size) =>
    predictors.flatMap((predictor): TableCell[][] => {
      const found = resultBy(predictor, measurement)?.bySize[size]?.result;
      if (!found) return [];
      const label = sizeLabel(low, high);
      return [[label, predictor.name, ...faceCells(found), found.auc008, found.summary.failureRate008]];
    }),
  );
  const sizeColumn = { key: 'size', label: 'size (px)' };
  return { columns: [sizeColumn, predictorColumn, ...faceColumns, aucColumn, failureColumn], rows };
}

/** The two eye distances of 300-W as normalizers. */
export function eyeDistanceTable(predictors: readonly PredictorResult[]): ReportTable {
  const kinds = ['inter-ocular', 'inter-pupil'] as const;
  const rows = predictors.flatMap((predictor): TableCell[][] => {
    const results = kinds.map((normalizer) => resultBy(predictor, { points: 68, normalizer })?.all);
    if (!results.some(Boolean)) return [];
    return [[predictor.name, ...results.flatMap((all) => [percent(all?.meanError), all?.summary.nrmse.std])]];
  });
  const columns = kinds.flatMap((kind) => [
    { key: `${kind}-nrmse`, label: `${kind} NRMSE (%)` },
    { key: `${kind}-std`, label: '± std' },
  ]);
  return { columns: [predictorColumn, ...columns], rows };
}

/** Each predictor against the reference, face by face. */
export function comparisonTable(
  predictors: readonly PredictorResult[],
  measurements: readonly Measurement[],
): ReportTable {
  const rows = predictors.flatMap((predictor) =>
    measurements.flatMap((measurement): TableCell[][] => {
      const comparison = resultBy(predictor, measurement)?.comparison;
      if (!comparison) return [];
      const { difference, low, high, wins, losses, ties, pValue } = comparison;
      const interval = percent({ estimate: difference, low, high });
      return [[predictor.name, measurement.points, interval, wins, losses, ties, pValue]];
    }),
  );
  const columns = [
    predictorColumn,
    { key: 'points', label: 'points', digits: 0 },
    { key: 'difference', label: 'mean difference of errors (%)' },
    { key: 'wins', label: 'faces it is better on', digits: 0 },
    { key: 'losses', label: 'worse', digits: 0 },
    { key: 'ties', label: 'equal', digits: 0 },
    { key: 'p', label: 'p', digits: 4 },
  ];
  return { columns, rows };
}

/** The faces that were lost, and why. */
export function failureTable(predictors: readonly PredictorResult[]): ReportTable {
  const rows = predictors.flatMap(({ name, failures }) => failures.map(({ id, failure }) => [name, id, failure]));
  const columns = ['predictor', 'face', 'failure'].map((key) => ({ key, label: key }));
  return { columns, rows };
}

/** An interval of shares in percent. */
export function percent(interval: Interval | undefined): Interval | undefined {
  if (!interval) return undefined;
  return { estimate: 100 * interval.estimate, low: 100 * interval.low, high: 100 * interval.high };
}

function faceCells({ summary: { faces, failed, nrmse }, meanError }: FacesResult): TableCell[] {
  return [faces, failed, percent(meanError), nrmse.std];
}

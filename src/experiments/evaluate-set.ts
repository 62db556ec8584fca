import { completePredictions } from '../evaluation/complete-predictions.js';
import {
  evaluatePredictions,
  type PredictorRecords,
  type PredictorResult,
} from '../evaluation/evaluate-predictions.js';
import { type FaceSet, type FaceTruth, truthsOf } from '../evaluation/evaluated-face.js';
import type { LandmarkPredictor } from '../evaluation/landmark-predictor.js';
import { formatCsvRows } from '../formats/csv.js';
import type { SizeRange } from '../metrics/face-sizes.js';
import { sizeLabel } from '../reports/table-cells.js';
import type { ExperimentOptions } from './experiment.js';
import type { PaperNumbers } from './paper-ablation.js';
import { fileNameOf } from './run-files.js';

/** Faces to evaluate on. */
export interface NamedSet {
  /** Prefix of the set's files and tables, where there are several sets: lower-case letters, digits and hyphens. */
  key?: string;
  faces: FaceSet;
  /** Ranges of face sizes with tables of their own. */
  sizes?: readonly Readonly<SizeRange>[];
  /** The paper's numbers by predictor, on its own data. */
  paper?: Readonly<Record<string, PaperNumbers>>;
}

/** A set of faces with the predictions on it and their errors. */
export interface EvaluatedSet extends NamedSet {
  truths: readonly FaceTruth[];
  predictions: readonly PredictorRecords[];
  results: readonly PredictorResult[];
}

/**
 * Runs each predictor on each face, one predictor after the other, keeps every answer in the store and measures the
 * errors.
 *
 * @param seed Of the bootstrap.
 * @throws The signal's reason when it was stopped; CheckpointError when the store holds predictions of other faces.
 */
export async function evaluateSet(
  set: NamedSet,
  predictors: readonly LandmarkPredictor[],
  seed: number,
  { store, signal, onProgress }: ExperimentOptions,
): Promise<EvaluatedSet> {
  const { key, faces, sizes = [] } = set;
  const folder = key === undefined ? 'predictions' : `predictions/${key}`;
  const predictions: PredictorRecords[] = [];
  for (const predictor of predictors) {
    const { name, scheme } = predictor;
    const records = await completePredictions(predictor, faces, store, `${folder}/${fileNameOf(name)}.jsonl`, {
      signal,
      onProgress: (done, lost) => onProgress?.({ kind: 'faces-predicted', name, done, total: faces.length, lost }),
    });
    if (records.length < faces.length) throw signal!.reason;
    predictions.push({ name, scheme, records });
  }
  const truths = await truthsOf(faces);
  for (const message of sizeNotes(truths, sizes)) onProgress?.({ kind: 'note', message });
  const results = evaluatePredictions(predictions, truths, { scheme: faces.scheme, sizes, seed });
  return { ...set, truths, predictions, results };
}

/** The error of every face by every predictor and measurement, as CSV. */
export function facesCsv(sets: readonly EvaluatedSet[]): string {
  const rows = sets.flatMap(({ faces, truths, predictions, results }) =>
    results.flatMap(({ name, results: measured }, predictor) =>
      measured.flatMap(({ measurement: { points, normalizer }, errors }) =>
        truths.flatMap(({ id, size }, face) => {
          const error = errors[face];
          const { milliseconds } = predictions[predictor]!.records[face]!;
          return error === undefined ? [] : [[faces.name, id, size, name, points, normalizer, error, milliseconds]];
        }),
      ),
    ),
  );
  const head = ['set', 'face', 'size', 'predictor', 'points', 'normalizer', 'error', 'milliseconds'];
  return formatCsvRows([head, ...rows]);
}

/** Sizes without a face, which the tables lack, and the number of faces outside all sizes. */
function sizeNotes(truths: readonly FaceTruth[], sizes: readonly Readonly<SizeRange>[]): string[] {
  if (sizes.length === 0) return [];
  const isOf = ({ size }: FaceTruth, { low, high }: Readonly<SizeRange>) => size >= low && size < high;
  const notes = sizes
    .filter((range) => !truths.some((face) => isOf(face, range)))
    .map(({ low, high }) => `No face of ${sizeLabel(low, high)} px: the tables by size leave it out.`);
  const others = truths.filter((face) => !sizes.some((range) => isOf(face, range))).length;
  if (others > 0) notes.push(`${others} faces of other sizes: only the tables of all faces count them.`);
  return notes;
}

import { completePredictions } from '../evaluation/complete-predictions.js';
import {
  evaluatePredictions,
  type PredictorRecords,
  type PredictorResult,
} from '../evaluation/evaluate-predictions.js';
import { type FaceSet, type FaceTruth, truthsOf } from '../evaluation/evaluated-face.js';
import type { LandmarkPredictor } from '../evaluation/landmark-predictor.js';
import type { SizeRange } from '../metrics/face-sizes.js';
import type { ExperimentOptions } from './experiment.js';
import { fileNameOf } from './file-name.js';
import { sizeLabel } from './landmark-tables.js';
import type { PaperNumbers } from './paper-ablation.js';

/** Faces to evaluate on. */
export interface NamedSet {
  /**
   * Begins the names of the set's files and tables, where there are several sets: lower-case letters, digits and
   * hyphens.
   */
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
 * Has each predictor predict each face, one predictor after the other, keeps every answer in the store and measures
 * the errors.
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

/** Which sizes no face has, as their rows are missing from the tables, and how many faces are of none of the sizes. */
function sizeNotes(truths: readonly FaceTruth[], sizes: readonly Readonly<SizeRange>[]): string[] {
  if (sizes.length === 0) return [];
  const isOf = ({ size }: FaceTruth, { low, high }: Readonly<SizeRange>) => size >= low && size < high;
  const empty = sizes
    .filter((range) => !truths.some((face) => isOf(face, range)))
    .map(({ low, high }) => `No face is of ${sizeLabel(low, high)} px: the tables by size leave it out.`);
  const others = truths.filter((face) => !sizes.some((range) => isOf(face, range))).length;
  return others === 0
    ? empty
    : [...empty, `${others} faces are of other sizes: they count in the tables of all faces only.`];
}

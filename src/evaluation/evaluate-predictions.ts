import { InvalidArgumentError } from '../errors.js';
import type { SchemeName } from '../landmarks/schemes.js';
import { groupBySize, type SizeRange } from '../metrics/face-sizes.js';
import type { PairedComparison } from '../metrics/paired-comparison.js';
import { type PointSummary, summarizePoints } from '../metrics/point-errors.js';
import { ascending, quantile } from '../metrics/quantile.js';
import type { FaceTruth } from './evaluated-face.js';
import { compareFaces, type ErrorOfFace, type FacesResult, summarizeFaces } from './faces-result.js';
import { canMeasure, type Measurement, meanError, measurementsOf, measurePointErrors } from './measure-errors.js';
import type { PredictionRecord } from './predict-faces.js';

/** A predictor's answers on all faces of a set. */
export interface PredictorRecords {
  name: string;
  scheme: SchemeName;
  /** One per face, in the faces' order. */
  records: readonly PredictionRecord[];
}

/** One predictor's errors by one measurement. */
export interface MeasuredResult {
  measurement: Measurement;
  /** The error of each face of the set: infinite for a lost face, undefined where the measurement does not apply. */
  errors: ErrorOfFace[];
  all: FacesResult;
  /** By size of the face; undefined where the set has no such face. */
  bySize: (SizeRange & { result: FacesResult | undefined })[];
  /** In the order of the measurement's points. */
  byPoint: PointSummary[];
  /** Against the reference, on the same faces: a negative difference favours this predictor. The reference has none. */
  comparison: PairedComparison | undefined;
}

/** All results of a predictor. */
export interface PredictorResult {
  name: string;
  scheme: SchemeName;
  /** Median time of a face. */
  milliseconds: number;
  /** The faces that were lost, and why. */
  failures: { id: string; failure: string }[];
  /** By each measurement that the predictor's points and the annotations allow. */
  results: MeasuredResult[];
}

/** How predictions are evaluated. */
export interface EvaluatePredictionsOptions {
  /** Points of the annotations. */
  scheme: SchemeName;
  /** Ranges of face sizes to report separately; none by default. */
  sizes?: readonly Readonly<SizeRange>[] | undefined;
  /** Name of the predictor to compare the others with; the first by default. */
  reference?: string | undefined;
  /** Of the bootstrap; 0 by default. */
  seed?: number | undefined;
}

/**
 * Measures predictors on the same faces: errors on all points and on 5, by the face's size and by both eye distances,
 * over all faces and by size, by point, with intervals, and each predictor against the reference.
 *
 * A predictor is measured on the points that its own convert to: one of 5 points on 5 points only.
 *
 * @throws InvalidArgumentError without faces or predictors, for two of one name, and for records of other faces.
 * @example
 * const { results } = evaluatePredictions([ours, floor], truths, { scheme: 68, sizes: FACE_SIZE_RANGES })[0]!;
 * results[0]!.all.summary.nrmse.mean; // on all 68 points, in percent of the face
 */
export function evaluatePredictions(
  predictions: readonly PredictorRecords[],
  truths: readonly FaceTruth[],
  { scheme, sizes = [], reference = predictions[0]?.name, seed = 0 }: EvaluatePredictionsOptions,
): PredictorResult[] {
  if (truths.length === 0) throw new InvalidArgumentError('No faces to evaluate on.');
  assertNames(predictions, reference);
  const groups = truths.map(({ group }) => group);
  const faceSizes = truths.map(({ size }) => size);
  const { ranges } = groupBySize(faceSizes, sizes);
  const errorsOf = ({ records, scheme: from }: PredictorRecords, measurement: Measurement): FaceErrors | undefined => {
    if (!canMeasure(from, measurement)) return undefined;
    const points = measurePointErrors(records, from, truths, scheme, measurement);
    const faces = points.map((face) => face && meanError(face));
    return faces.some((error) => error !== undefined) ? { points, faces } : undefined;
  };
  const compared = predictions.find(({ name }) => name === reference)!;
  const results = predictions.map((): MeasuredResult[] => []);
  for (const measurement of measurementsOf(scheme)) {
    const theirs = errorsOf(compared, measurement)?.faces;
    predictions.forEach((predictor, index) => {
      const errors = errorsOf(predictor, measurement);
      if (!errors) return;
      const { points, faces } = errors;
      results[index]!.push({
        measurement,
        errors: faces,
        all: summarizeFaces(faces, groups, [...faces.keys()], seed)!,
        bySize: ranges.map((range) => {
          return { low: range.low, high: range.high, result: summarizeFaces(faces, groups, range.faces, seed) };
        }),
        byPoint: summarizePoints(points.filter((face) => face !== undefined)),
        comparison: theirs && predictor !== compared ? compareFaces(faces, theirs, groups, seed) : undefined,
      });
    });
  }
  return predictions.map(({ name, scheme: from, records }, index) => ({
    name,
    scheme: from,
    milliseconds: quantile(records.map(({ milliseconds }) => milliseconds).sort(ascending), 0.5),
    failures: records.flatMap(({ id, failure }) => (failure === undefined ? [] : [{ id, failure }])),
    results: results[index]!,
  }));
}

interface FaceErrors {
  points: (number[] | undefined)[];
  faces: ErrorOfFace[];
}

function assertNames(predictions: readonly PredictorRecords[], reference: string | undefined): void {
  const names = predictions.map(({ name }) => name);
  if (names.length === 0) throw new InvalidArgumentError('No predictors to evaluate.');
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new InvalidArgumentError(`Two predictors are named "${twice}": give each a name of its own.`);
  }
  if (!names.includes(reference!)) {
    throw new InvalidArgumentError(`No predictor "${reference}" to compare with: choose ${names.join(', ')}.`);
  }
}

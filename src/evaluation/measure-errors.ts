import { InvalidArgumentError } from '../errors.js';
import type { Point } from '../geometry/point.js';
import { convertLandmarks } from '../landmarks/convert.js';
import type { SchemeName } from '../landmarks/schemes.js';
import { isVisible } from '../landmarks/visibility.js';
import { interOcularDistance, interPupilDistance } from '../metrics/normalizers.js';
import { pointErrors } from '../metrics/point-errors.js';
import type { FaceTruth } from './evaluated-face.js';
import type { PredictionRecord } from './predict-faces.js';

/** What errors are divided by: the face's size (`FaceTruth.normalizer`), or an eye distance as on 300-W. */
export type ErrorNormalizer = 'box' | 'inter-ocular' | 'inter-pupil';

/** On which points errors are measured, and what they are divided by. */
export interface Measurement {
  points: SchemeName;
  normalizer: ErrorNormalizer;
}

/**
 * All that can be measured on faces of a scheme: all points and the 5 that every scheme has, by the face's size, and
 * all 68 by both eye distances of 300-W.
 */
export function measurementsOf(scheme: SchemeName): Measurement[] {
  const byBox = [...new Set([scheme, 5] as const)].map((points): Measurement => ({ points, normalizer: 'box' }));
  if (scheme !== 68) return byBox;
  return [...byBox, { points: 68, normalizer: 'inter-ocular' }, { points: 68, normalizer: 'inter-pupil' }];
}

/** Whether points of a scheme are, or convert to, the points of a measurement. */
export function canMeasure(scheme: SchemeName, { points }: Measurement): boolean {
  return points <= scheme;
}

/**
 * The errors of each point of each face, as shares of what the measurement divides by.
 *
 * @param records A predictor's, one per face in the faces' order. A lost face has infinite errors.
 * @param from The predictor's scheme.
 * @param truths Faces of the scheme `truthScheme`.
 * @returns Undefined for a face without a visible point, or without the eyes that the normalizer needs.
 * @throws InvalidArgumentError when the records are not of these faces, or one of the schemes lacks the points.
 */
export function measurePointErrors(
  records: readonly PredictionRecord[],
  from: SchemeName,
  truths: readonly FaceTruth[],
  truthScheme: SchemeName,
  measurement: Measurement,
): (number[] | undefined)[] {
  const { points, normalizer } = measurement;
  for (const [scheme, whose] of [
    [from, 'predictions'],
    [truthScheme, 'annotations'],
  ] as const) {
    if (canMeasure(scheme, measurement)) continue;
    throw new InvalidArgumentError(
      `Errors on ${points} points cannot be measured with ${whose} of ${scheme}: ask for ${scheme} or 5 points.`,
    );
  }
  assertSameFaces(records, truths);
  return records.map((record, face) => {
    const truth = convertLandmarks(truths[face]!.points, truthScheme, points);
    const size = sizeOf(truths[face]!, normalizer);
    if (!(size > 0) || !truth.some(isVisible)) return undefined;
    const predicted = record.points ? convertLandmarks(record.points, from, points) : lost(points);
    return pointErrors(predicted, truth, size);
  });
}

/** The error of a face of {@link measurePointErrors}: the mean over its visible points. */
export function meanError(errors: readonly number[]): number {
  const visible = errors.filter((error) => !Number.isNaN(error));
  return visible.reduce((sum, error) => sum + error, 0) / visible.length;
}

function sizeOf({ points, normalizer }: FaceTruth, kind: ErrorNormalizer): number {
  if (kind === 'box') return normalizer;
  return kind === 'inter-ocular' ? interOcularDistance(points) : interPupilDistance(points);
}

function lost(count: number): Point[] {
  return Array.from({ length: count }, () => ({ x: Number.NaN, y: Number.NaN }));
}

function assertSameFaces(records: readonly PredictionRecord[], truths: readonly FaceTruth[]): void {
  if (records.length !== truths.length) {
    throw new InvalidArgumentError(`There are predictions of ${records.length} faces for ${truths.length} faces.`);
  }
  const other = records.findIndex(({ id }, face) => id !== truths[face]!.id);
  if (other !== -1) {
    throw new InvalidArgumentError(
      `Prediction ${other} is of the face ${records[other]!.id}, not of ${truths[other]!.id}: they are of another set.`,
    );
  }
}

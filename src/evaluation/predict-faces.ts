import type { Point } from '../geometry/point.js';
import { mean } from '../geometry/sums.js';
import type { SchemeName } from '../landmarks/schemes.js';
import { giveTurn } from '../turns.js';
import type { EvaluatedFace, FaceSet } from './evaluated-face.js';
import type { LandmarkPredictor, PredictedPoint } from './landmark-predictor.js';

/** A predictor's answer for one face. */
export interface PredictionRecord {
  /** The face's. */
  id: string;
  /** In pixels of the face's image, NaN for a point that was not found; null for a lost face. */
  points: Point[] | null;
  /** The mean score of the points, where each has one. */
  score?: number;
  /** Why the face was lost: what the predictor threw, or what was wrong with its answer. */
  failure?: string;
  /** How long the predictor took, its own preparation of the image included. */
  milliseconds: number;
}

/** How {@link predictFaces} goes. */
export interface PredictFacesOptions {
  /** Stops after the face in progress. */
  signal?: AbortSignal | undefined;
  /** Index of the first face, for an interrupted run; 0 by default. */
  from?: number | undefined;
}

/**
 * Asks a predictor for the landmarks of each face of a set. One face at a time, as in an application with one face, so
 * that times can be compared; a first call is not timed.
 *
 * A face is lost, which is recorded and not fatal, when the predictor throws, returns another number of points than its
 * scheme has, or only NaN.
 *
 * @example
 * for await (const { id, failure } of predictFaces(predictor, faces)) if (failure) console.warn(id, failure);
 */
export async function* predictFaces(
  predictor: LandmarkPredictor,
  faces: FaceSet,
  { signal, from = 0 }: PredictFacesOptions = {},
): AsyncGenerator<PredictionRecord, void, undefined> {
  for (let index = from; index < faces.length && !signal?.aborted; index++) {
    await giveTurn();
    const face = await faces.face(index);
    if (index === from) await predictFace(predictor, face);
    yield await predictFace(predictor, face);
  }
}

async function predictFace(predictor: LandmarkPredictor, face: EvaluatedFace): Promise<PredictionRecord> {
  const { id, image, box } = face;
  const start = performance.now();
  try {
    // A copy: other people's code may change what it is given.
    const points = await predictor.predict(image, { ...box });
    const milliseconds = performance.now() - start;
    const failure = problemOf(points, predictor.scheme);
    if (failure) return { id, points: null, failure, milliseconds };
    const score = meanScore(points);
    return { id, points: points.map(({ x, y }) => ({ x, y })), ...(score !== undefined && { score }), milliseconds };
  } catch (error) {
    const failure = `threw ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;
    return { id, points: null, failure, milliseconds: performance.now() - start };
  }
}

/** Why an answer, which may be anything, cannot be measured; undefined when it can. Single points may be NaN. */
function problemOf(points: unknown, scheme: SchemeName): string | undefined {
  if (!Array.isArray(points)) return `gave ${describe(points)} instead of ${scheme} points`;
  if (points.length !== scheme) return `gave ${points.length} points instead of ${scheme}`;
  const strange = points.findIndex((point) => typeof point?.x !== 'number' || typeof point?.y !== 'number');
  if (strange !== -1) return `gave ${describe(points[strange])} as point ${strange}, which must be { x, y }`;
  const infinite = points.findIndex(({ x, y }) => Math.abs(x) === Infinity || Math.abs(y) === Infinity);
  if (infinite !== -1) return `gave an infinite point ${infinite}`;
  if (points.every(({ x, y }) => Number.isNaN(x) || Number.isNaN(y))) return 'gave NaN for every point';
  return undefined;
}

function describe(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 60) ?? String(value);
}

function meanScore(points: readonly PredictedPoint[]): number | undefined {
  const scores = points.flatMap(({ score }) => (Number.isFinite(score) ? [score!] : []));
  return scores.length === points.length ? mean(scores) : undefined;
}

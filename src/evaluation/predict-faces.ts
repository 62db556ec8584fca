import type { Point } from '../geometry/point.js';
import { mean } from '../geometry/sums.js';
import { problemOfPrediction } from './check-prediction.js';
import type { EvaluatedFace, FaceSet } from './evaluated-face.js';
import type { LandmarkPredictor, PredictedPoint } from './landmark-predictor.js';

/** A predictor's answer for one face. */
export interface PredictionRecord {
  /** The face's. */
  id: string;
  /** In the face's image's pixels; null for a face that was lost. */
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
  /** How many faces, from the first, are done already: those of an interrupted run. */
  from?: number | undefined;
}

/**
 * Asks a predictor for the landmarks of each face of a set, one at a time, as an application with one face would, so
 * that the times can be compared. Before the first it is asked once without being timed.
 *
 * A face is lost, which is recorded and not fatal, when the predictor throws, gives another number of points than its
 * scheme has, or none that is not NaN.
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
    const failure = problemOfPrediction(points, predictor.scheme);
    if (failure) return { id, points: null, failure, milliseconds };
    const score = meanScore(points);
    return { id, points: points.map(({ x, y }) => ({ x, y })), ...(score !== undefined && { score }), milliseconds };
  } catch (error) {
    const failure = `threw ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;
    return { id, points: null, failure, milliseconds: performance.now() - start };
  }
}

function meanScore(points: readonly PredictedPoint[]): number | undefined {
  const scores = points.flatMap(({ score }) => (Number.isFinite(score) ? [score!] : []));
  return scores.length === points.length ? mean(scores) : undefined;
}

import * as tf from '@tensorflow/tfjs-core';
import type { PredictorResult } from '../evaluation/evaluate-predictions.js';
import type { FaceSet, FaceTruth } from '../evaluation/evaluated-face.js';
import type { LandmarkPredictor } from '../evaluation/landmark-predictor.js';
import { FACE_SIZE_RANGES, type SizeRange } from '../metrics/face-sizes.js';
import type { Report } from '../reports/report.js';
import { settingsSection } from '../reports/settings-section.js';
import { sizeLabel } from '../reports/table-cells.js';
import { evaluateSet, facesCsv } from './evaluate-set.js';
import type { EvaluationOptions } from './experiment.js';
import { landmarkSections } from './landmark-sections.js';
import { assertFileNames, beginRun } from './run-files.js';

/** How {@link compareLandmarks} goes. */
export interface CompareLandmarksOptions extends EvaluationOptions {
  /** The others are compared with the first, face by face. They stay the caller's. */
  predictors: readonly LandmarkPredictor[];
  faces: FaceSet;
  /** Ranges of face sizes with tables of their own; {@link FACE_SIZE_RANGES} by default. */
  sizes?: readonly Readonly<SizeRange>[] | undefined;
  /** Of the bootstrap; 0 by default. */
  seed?: number | undefined;
}

/**
 * Compares landmark predictors on the same faces, each in the same box: accuracy by size and by point, the time of a
 * face, differences face by face with intervals and, where predictors give scores, risk over coverage. The store gets
 * every prediction and error; a stopped run continues with `resume`.
 *
 * @throws InvalidArgumentError for two predictors of one name; CheckpointError when the store holds a run and `resume`
 * is not set, or one of other settings; the signal's reason when it was stopped.
 * @example
 * ```ts
 * const predictors = [detectorPredictor(await createLandmarkDetector()), meanShapePredictor()];
 * const store = await createRunFolder('runs/compare');
 * const { report } = await compareLandmarks({ predictors, faces: await openEvaluationFaces('data'), store });
 * await writeReport(store, report);
 * ```
 */
export async function compareLandmarks(
  options: CompareLandmarksOptions,
): Promise<{ report: Report; results: readonly PredictorResult[] }> {
  const { predictors, faces, sizes = FACE_SIZE_RANGES, seed = 0, environment, ...run } = options;
  const names = predictors.map(({ name }) => name);
  assertFileNames(names, 'predictors');
  const settings = {
    ...{ command: 'compare', faces: faces.length, sizes: sizes.map(({ low, high }) => sizeLabel(low, high)), seed },
    ...{ backend: tf.getBackend(), predictors: names, ...run.conditions },
  };
  await beginRun('config.json', settings, run);
  const set = await evaluateSet({ faces, sizes }, predictors, seed, run);
  await run.store.write('faces.csv', facesCsv([set]));
  const report = {
    title: 'Landmark predictors compared',
    lead: leadOf(faces, set.truths),
    sections: [...(await landmarkSections(set)), settingsSection(settings, environment)],
  };
  return { report, results: set.results };
}

function leadOf(faces: FaceSet, truths: readonly FaceTruth[]): string {
  const sizes = truths.map(({ size }) => size);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)].map((size) => size.toFixed(0));
  return `${faces.length} faces of ${least} to ${most} px (${faces.name}), annotated with ${faces.scheme} points; each predictor was given every face in the same box.`;
}

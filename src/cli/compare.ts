import { compareLandmarks } from '../experiments/compare-landmarks.js';
import { openEvaluationFaces } from '../node/datasets/evaluation-faces.js';
import { createRunFolder } from '../node/runs/run-folder.js';
import { type FaceOptions, faceChoice } from './face-options.js';
import { openPredictors } from './open-predictors.js';
import type { CommandOutput } from './run-command.js';
import { machine, runExperiment, writeReportOf } from './run-experiment.js';
import { startBackend } from './start-backend.js';

/** The options of `lowres-landmarks compare`. */
export interface CompareCommandOptions extends FaceOptions {
  data: string;
  out: string;
  predictors?: readonly string[] | undefined;
  backend?: string | undefined;
  resume?: boolean | undefined;
}

/** Compares predictors on the same faces; the work of `lowres-landmarks compare`. */
export async function runCompare(
  options: CompareCommandOptions,
  output: CommandOutput,
  signal: AbortSignal,
): Promise<number> {
  const { data, out, resume } = options;
  const { sizes, boxes, seed, limit = null } = faceChoice(options);
  const faces = await openEvaluationFaces(data, { sizes, boxes, seed, limit: limit ?? undefined });
  await startBackend(options.backend);
  const opened = await openPredictors(options.predictors ?? []);
  const predictors = opened.map(({ predictor }) => predictor);
  try {
    const store = await createRunFolder(out);
    return await runExperiment(output, signal, async (control) => {
      const conditions = { data, limit, boxes, predictors: opened.map(({ source }) => source) };
      const { report } = await compareLandmarks({
        ...{ predictors, faces, sizes, seed, store, resume, ...control },
        ...{ conditions, environment: machine() },
      });
      return writeReportOf(store, report, control);
    });
  } finally {
    for (const predictor of predictors) predictor.dispose?.();
  }
}

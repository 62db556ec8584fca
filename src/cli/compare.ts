import { compareLandmarks } from '../experiments/compare-landmarks.js';
import { FACE_SIZE_RANGES } from '../metrics/face-sizes.js';
import { openEvaluationFaces } from '../node/datasets/evaluation-faces.js';
import { EVALUATION_SEED } from '../node/datasets/shrink-face.js';
import { createRunFolder } from '../node/runs/run-folder.js';
import { openPredictors } from './open-predictors.js';
import type { FaceOptions } from './options.js';
import type { CommandOutput } from './run-command.js';
import { runReported, startBackend } from './run-experiment.js';

/** The options of `lowres-landmarks compare`. */
export interface CompareCommandOptions extends FaceOptions {
  data: string;
  out: string;
  predictor?: readonly string[] | undefined;
  seed?: number | undefined;
  backend?: string | undefined;
  resume?: boolean | undefined;
}

/** `lowres-landmarks compare`: compares predictors on the same faces. */
export async function runCompare(
  options: CompareCommandOptions,
  output: CommandOutput,
  signal: AbortSignal,
): Promise<number> {
  const { data, out, resume, sizes = FACE_SIZE_RANGES, boxes = 'exact', seed = EVALUATION_SEED, limit } = options;
  const faces = await openEvaluationFaces(data, { sizes, boxes, seed, limit });
  await startBackend(options.backend);
  const opened = await openPredictors(options.predictor ?? []);
  const predictors = opened.map(({ predictor }) => predictor);
  const conditions = { data, limit: limit ?? null, boxes, predictors: opened.map(({ source }) => source) };
  try {
    return await runReported(await createRunFolder(out), output, signal, (run) =>
      compareLandmarks({ predictors, faces, sizes, seed, resume, conditions, ...run }),
    );
  } finally {
    for (const predictor of predictors) predictor.dispose?.();
  }
}

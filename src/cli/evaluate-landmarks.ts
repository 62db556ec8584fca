import { evaluateLandmarks, type LandmarkSetting } from '../experiments/evaluate-landmarks.js';
import { changesOf } from '../experiments/train-preset.js';
import { planTraining } from '../experiments/training-plan.js';
import { shortChecksum } from '../formats/checksum.js';
import { openSettingFaces } from '../node/datasets/setting-faces.js';
import { createRunFolder } from '../node/runs/run-folder.js';
import { type FaceOptions, faceChoice } from './face-options.js';
import { openSettingWeights } from './open-setting-weights.js';
import { readWeightsIfGiven } from './open-sources.js';
import type { CommandOutput } from './run-command.js';
import { machine, runExperiment, writeReportOf } from './run-experiment.js';
import { startBackend } from './start-backend.js';
import type { TrainingCommandOptions } from './training-options.js';

/** The options of `lowres-landmarks evaluate landmarks`. */
export interface EvaluateLandmarksCommandOptions extends TrainingCommandOptions, Omit<FaceOptions, 'seed'> {
  setting: LandmarkSetting;
  weights?: string | undefined;
}

/**
 * Evaluates one setting of the paper, after training it where necessary; the work of `lowres-landmarks evaluate
 * landmarks`.
 */
export async function runEvaluateLandmarks(
  options: EvaluateLandmarksCommandOptions,
  output: CommandOutput,
  signal: AbortSignal,
): Promise<number> {
  const { setting, data, out, generator, scale, epochs, workers, resume } = options;
  const { seed } = planTraining(setting, changesOf(options)).config;
  // The seed is the training's and G1's: shrunk faces stay those of the published table.
  const { sizes, boxes, limit = null, ...choice } = faceChoice({ ...options, seed: undefined });
  const backend = await startBackend(options.backend, workers);
  const sets = await openSettingFaces(data, setting, {
    ...{ sizes, boxes, limit: limit ?? undefined, seed: choice.seed },
    generator: await readWeightsIfGiven(generator),
    generatorSeed: seed,
  });
  const store = await createRunFolder(out);
  return runExperiment(output, signal, async (control) => {
    const run = { store, resume, ...control };
    const places = { data, weights: options.weights, generator };
    const { weights, source } = await openSettingWeights(setting, places, { scale, epochs, seed, workers, ...run });
    const conditions = {
      ...{ data, weights: source, checksum: shortChecksum(weights), sizes, boxes, limit, seed },
      ...{ generator: generator ?? 'in the package', backend },
    };
    const { report } = await evaluateLandmarks(setting, {
      ...{ weights, sets, seed: choice.seed, ...run },
      ...{ conditions, environment: machine() },
    });
    return writeReportOf(store, report, control);
  });
}

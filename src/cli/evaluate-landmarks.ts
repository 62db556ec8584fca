import { evaluateLandmarks, type LandmarkSetting } from '../experiments/evaluate-landmarks.js';
import { changesOf } from '../experiments/train-preset.js';
import { planTraining } from '../experiments/training-plan.js';
import { shortChecksum } from '../formats/checksum.js';
import { FACE_SIZE_RANGES } from '../metrics/face-sizes.js';
import { openSettingFaces } from '../node/datasets/setting-faces.js';
import { EVALUATION_SEED } from '../node/datasets/shrink-face.js';
import { createRunFolder } from '../node/runs/run-folder.js';
import { openSettingWeights, readWeightsIfGiven } from './open-weights.js';
import type { FaceOptions, TrainingCommandOptions } from './options.js';
import type { CommandOutput } from './run-command.js';
import { runReported, startBackend } from './run-experiment.js';

/** The options of `lowres-landmarks evaluate landmarks`. */
export interface EvaluateLandmarksCommandOptions extends TrainingCommandOptions, FaceOptions {
  setting: LandmarkSetting;
  weights?: string | undefined;
}

/** `lowres-landmarks evaluate landmarks`: evaluates one setting of the paper, after training it where necessary. */
export async function runEvaluateLandmarks(
  options: EvaluateLandmarksCommandOptions,
  output: CommandOutput,
  signal: AbortSignal,
): Promise<number> {
  const { setting, data, generator, scale, epochs, workers, resume } = options;
  const { sizes = FACE_SIZE_RANGES, boxes = 'exact', limit } = options;
  const { seed } = planTraining(setting, changesOf(options)).config;
  const backend = await startBackend(options.backend, workers);
  const sets = await openSettingFaces(data, setting, {
    // --seed is the training's and G1's: shrunk faces stay those of the published table.
    ...{ sizes, boxes, limit, seed: EVALUATION_SEED, generatorSeed: seed },
    generator: await readWeightsIfGiven(generator),
  });
  return runReported(await createRunFolder(options.out), output, signal, async (run) => {
    const training = { scale, epochs, seed, workers, resume, ...run };
    const { weights, source } = await openSettingWeights(setting, options, training);
    const conditions = {
      ...{ data, weights: source, checksum: shortChecksum(weights), sizes, boxes, limit: limit ?? null, seed },
      ...{ generator: generator ?? 'in the package', backend },
    };
    return evaluateLandmarks(setting, { weights, sets, seed: EVALUATION_SEED, resume, conditions, ...run });
  });
}

import type { ConfigChanges, TrainingScale } from '../training/resolve-config.js';
import type { TrainerConfig } from '../training-loop/trainer-types.js';
import type { ExperimentOptions } from './experiment.js';
import { runTraining } from './run-training.js';
import { type PlannedTraining, planTraining, type TrainingPreset, type TrainingSources } from './training-plan.js';

/** How an experiment's networks are trained. */
export interface TrainingOptions {
  /** `paper` by default; `small` is narrower and shorter. */
  scale?: TrainingScale | undefined;
  /** Instead of the preset's. */
  epochs?: number | undefined;
  /** Instead of the preset's, 0. */
  seed?: number | undefined;
}

/** The weights' file that a training leaves in its store. */
export interface TrainedPreset {
  file: string;
  weights: Uint8Array;
}

/**
 * Trains one preset of the paper in a store, goes on with it, or finds it done: what `lowres-landmarks train` does.
 * The store gets the configuration, checkpoints, metrics, weights and a picture after each epoch.
 *
 * @throws InvalidArgumentError when there is no such preset; CheckpointError when the store holds a run that is not
 * to be resumed, or one of another configuration; the signal's reason when it was stopped.
 * @example
 * ```ts
 * const labelled = await openTrainingData('data', 0); const { weights } = await trainPreset('S1', { labelled }, {
 * store: await createRunFolder('runs/s1'), scale: 'small' }); const detector = await createLandmarkDetector({ weights
 * });
 * ```
 */
export async function trainPreset(
  preset: TrainingPreset,
  sources: TrainingSources,
  { scale, epochs, seed, ...run }: TrainingOptions & ExperimentOptions,
): Promise<TrainedPreset> {
  let file = '';
  const changes = changesOf({ scale, epochs, seed });
  await withTrained(preset, changes, sources, run, async (training) => {
    file = training.file;
  });
  return { file, weights: (await run.store.read(file))! };
}

/**
 * {@link trainPreset} with any changes of the configuration.
 *
 * @param use What to do with the trained networks, which are disposed afterwards. They have full precision, the
 * weights' file half.
 */
export async function withTrained(
  preset: TrainingPreset,
  changes: ConfigChanges<TrainerConfig>,
  sources: TrainingSources,
  run: ExperimentOptions,
  use: (training: PlannedTraining) => Promise<void>,
): Promise<void> {
  const training = planTraining(preset, changes).begin(sources, run.store);
  const { training: samples, validation: heldOut } = sources.labelled;
  const description = { preset, scale: changes.scale ?? 'paper' };
  const about = { name: preset, samples: samples.length, heldOut: heldOut.length, description };
  try {
    await runTraining({ ...training, ...about }, run);
    await use(training);
  } finally {
    training.trainer.dispose();
  }
}

/** The options that are given, as changes of a configuration. */
export function changesOf({ scale, epochs, seed }: TrainingOptions): ConfigChanges<TrainerConfig> {
  return {
    ...(scale !== undefined && { scale }),
    ...(epochs !== undefined && { epochs }),
    ...(seed !== undefined && { seed }),
  };
}

import * as tf from '@tensorflow/tfjs-core';
import type { ConfigChanges, TrainingScale } from '../training/resolve-config.js';
import { CHECKPOINT_FILE } from '../training-loop/checkpoint.js';
import type { TrainerConfig } from '../training-loop/trainer-types.js';
import type { ExperimentOptions, TrainingProgress } from './experiment.js';
import { readForResume } from './run-files.js';
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

/** The weights file that a training leaves in its store. */
export interface TrainedPreset {
  file: string;
  weights: Uint8Array;
}

/** A training of an experiment. */
export interface NamedTraining extends Omit<PlannedTraining, 'network' | 'file'> {
  /** Names it in events. */
  name: string;
  /** Samples of an epoch. */
  samples: number;
  heldOut: number;
  /** Written to `config.json`, before the trainer's own configuration. */
  description: object;
}

/**
 * Trains one preset of the paper in a store, resumes its training, or finds it done: what `lowres-landmarks train`
 * does. The store gets the configuration, checkpoints, metrics, weights and a picture after each epoch.
 *
 * @throws InvalidArgumentError for an unknown preset; CheckpointError when the store holds a run and `resume` is not
 * set, or one of another configuration; the signal's reason when it was stopped.
 * @example
 * ```ts
 * const labelled = await openTrainingData('data', 0);
 * const store = await createRunFolder('runs/s1');
 * const { weights } = await trainPreset('S1', { labelled }, { store, scale: 'small' });
 * const detector = await createLandmarkDetector({ weights });
 * ```
 */
export function trainPreset(
  preset: TrainingPreset,
  sources: TrainingSources,
  { scale, epochs, seed, ...run }: TrainingOptions & ExperimentOptions,
): Promise<TrainedPreset> {
  return withTrained(preset, changesOf({ scale, epochs, seed }), sources, run);
}

/**
 * {@link trainPreset} with any changes of the configuration.
 *
 * @param use Gets the trained networks, in full precision (the weights file has half), before they are disposed.
 */
export async function withTrained(
  preset: TrainingPreset,
  changes: ConfigChanges<TrainerConfig>,
  sources: TrainingSources,
  run: ExperimentOptions,
  use?: (training: PlannedTraining) => Promise<void>,
): Promise<TrainedPreset> {
  const training = planTraining(preset, changes).begin(sources, run.store);
  const { training: samples, validation: heldOut } = sources.labelled;
  const description = { preset, scale: changes.scale ?? 'paper' };
  const about = { name: preset, samples: samples.length, heldOut: heldOut.length, description };
  try {
    await runTraining({ ...training, ...about }, run);
    await use?.(training);
  } finally {
    training.trainer.dispose();
  }
  return { file: training.file, weights: (await run.store.read(training.file))! };
}

/**
 * Trains in a store, from its checkpoint when there is one to resume, with a picture after each epoch. The trainer
 * stays the caller's.
 *
 * @throws CheckpointError when the store holds a run and `resume` is not set; the signal's reason when it was stopped,
 * after saving a checkpoint.
 */
export async function runTraining(
  { name, trainer, description, parameterCount, samples, heldOut, draw }: NamedTraining,
  { store, resume, workers = 1, signal, onProgress }: ExperimentOptions,
): Promise<void> {
  await readForResume(store, CHECKPOINT_FILE, resume);
  if (resume && !(await trainer.resume())) {
    onProgress?.({ kind: 'note', message: `No checkpoint in ${store.location}: starting a new run.` });
  }
  const backend = tf.getBackend();
  const config = { ...description, backend, workers, ...trainer.config };
  await store.write('config.json', `${JSON.stringify(config, null, 2)}\n`);
  const progress = (): TrainingProgress => ({ training: name, epochs: trainer.config.epochs, state: trainer.state });
  onProgress?.({ kind: 'training-started', backend, parameterCount, samples, heldOut, ...progress() });
  const listeners = [
    trainer.on('step', () => onProgress?.({ kind: 'training-step', ...progress() })),
    trainer.on('warning', ({ step, message }) => {
      onProgress?.({ kind: 'training-warning', training: name, step, message });
    }),
    trainer.on('epoch', async ({ epoch }) => {
      onProgress?.({ kind: 'training-epoch', ...progress() });
      const picture = draw();
      if (picture) await store.writeImage?.(`pictures/epoch-${String(epoch).padStart(3, '0')}`, picture);
    }),
  ];
  try {
    if (!(await trainer.train({ workers, ...(signal && { signal }) }))) throw signal!.reason;
  } finally {
    for (const stopListening of listeners) stopListening();
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

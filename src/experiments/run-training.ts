import * as tf from '@tensorflow/tfjs-core';
import { CHECKPOINT_FILE } from '../training-loop/checkpoint.js';
import { readForResume } from './begin-run.js';
import type { ExperimentOptions, TrainingProgress } from './experiment.js';
import type { PlannedTraining } from './training-plan.js';

/** A training of an experiment. */
export interface NamedTraining extends Omit<PlannedTraining, 'network' | 'file'> {
  /** Names it in events. */
  name: string;
  /** Samples of an epoch. */
  samples: number;
  heldOut: number;
  /** Written to the run's `config.json`, before the trainer's own configuration. */
  description: object;
}

/**
 * Carries out a training in its store, from the checkpoint on when there is one to resume, with a picture after each
 * epoch. The trainer stays the caller's.
 *
 * @throws CheckpointError when there is a run that is not to be resumed; the signal's reason when it was stopped, a
 * checkpoint saved.
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

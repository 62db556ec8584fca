import type { CommandOutput } from '../cli/run-command.js';
import { trackProgress } from '../cli/train-progress.js';
import { CheckpointError } from '../errors.js';
import { CHECKPOINT_FILE } from '../training-loop/checkpoint.js';
import type { RunStore } from '../training-loop/run-store.js';
import type { PlannedTraining } from './training-plan.js';

/** How a run goes. */
export interface CarryOutOptions {
  resume: boolean;
  workers: number;
  signal: AbortSignal;
  stderr: CommandOutput['stderr'];
  /** Written to the run's `config.json`, beside the trainer's configuration. */
  description: object;
}

/** @throws CheckpointError when a run is there already and is not to be continued. */
export async function assertFreshRun(store: RunStore, resume: boolean): Promise<void> {
  if (!resume && (await store.read(CHECKPOINT_FILE))) {
    throw new CheckpointError(
      `${store.location} holds a run already: continue it with --resume, or give another --out.`,
    );
  }
}

/**
 * Carries a training out in its run folder: resumed where it stopped, with progress on stderr and a picture after each epoch.
 *
 * @returns Whether it came to its end; false when the signal stopped it.
 */
export async function carryOutTraining(
  { trainer, draw }: PlannedTraining,
  store: RunStore,
  { resume, workers, signal, stderr, description }: CarryOutOptions,
): Promise<boolean> {
  if (resume && !(await trainer.resume())) stderr.write(`No checkpoint in ${store.location}: starting anew.\n`);
  await store.write('config.json', `${JSON.stringify({ ...description, workers, ...trainer.config }, null, 2)}\n`);
  const stopTracking = trackProgress(trainer, stderr);
  trainer.on('epoch', async ({ epoch }) => {
    const picture = draw();
    if (picture) await store.writeImage?.(`pictures/epoch-${String(epoch).padStart(3, '0')}`, picture);
  });
  return trainer.train({ signal, workers }).finally(stopTracking);
}

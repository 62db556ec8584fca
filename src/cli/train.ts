import { assertFreshRun, carryOutTraining } from '../experiments/carry-out-training.js';
import { loadGenerator, openFaces, planTraining } from '../experiments/training-plan.js';
import { createRunFolder } from '../node/runs/run-folder.js';
import type { CommandOutput } from './run-command.js';
import { startBackend } from './start-backend.js';
import { type TrainingOptions, trainingChanges } from './training-options.js';

/** What `lowres-landmarks train` is asked to do. */
export interface TrainCommandOptions extends TrainingOptions {
  preset: string;
}

/** Trains networks into a run folder; the work of `lowres-landmarks train`. */
export async function runTrain(
  options: TrainCommandOptions,
  output: CommandOutput,
  signal: AbortSignal,
): Promise<number> {
  const { workers = 1 } = options;
  const plan = planTraining(options.preset, options.scale ?? 'paper', trainingChanges(options));
  const faces = await openFaces(plan, options.data);
  const backend = await startBackend(options.backend, workers);
  using generator = plan.needsGenerator ? await loadGenerator(options.generator) : undefined;
  // Only now: what cannot be carried out leaves nothing behind.
  const store = await createRunFolder(options.out);
  await assertFreshRun(store, options.resume ?? false);
  const training = plan.begin({ ...faces, generator }, store);
  const { trainer } = training;
  try {
    const { labelled } = faces;
    output.stderr.write(
      `${options.preset} on ${backend}: ${labelled.training.length} samples an epoch, ${labelled.validation.length} held out, ${training.parameterCount} weights.\n`,
    );
    const finished = await carryOutTraining(training, store, {
      resume: options.resume ?? false,
      workers,
      signal,
      stderr: output.stderr,
      description: { preset: options.preset, scale: options.scale ?? 'paper', backend },
    });
    output.stdout.write(
      finished
        ? `${store.location}/${training.result}\n`
        : `Stopped at step ${trainer.state.step}. Go on with --resume.\n`,
    );
    return finished ? 0 : 1;
  } finally {
    trainer.dispose();
  }
}

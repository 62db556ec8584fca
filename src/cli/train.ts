import { changesOf, trainPreset } from '../experiments/train-preset.js';
import { planTraining, type TrainingPreset } from '../experiments/training-plan.js';
import { createRunFolder } from '../node/runs/run-folder.js';
import { openFaces, openGenerator } from './open-sources.js';
import type { CommandOutput } from './run-command.js';
import { runExperiment } from './run-experiment.js';
import { startBackend } from './start-backend.js';
import type { TrainingCommandOptions } from './training-options.js';

/** The options of `lowres-landmarks train`. */
export interface TrainCommandOptions extends TrainingCommandOptions {
  preset: TrainingPreset;
}

/** Trains networks into a run folder; the work of `lowres-landmarks train`. */
export async function runTrain(
  { preset, data, out, generator: path, backend, scale, epochs, seed, workers, resume }: TrainCommandOptions,
  output: CommandOutput,
  signal: AbortSignal,
): Promise<number> {
  const plan = planTraining(preset, changesOf({ scale, epochs, seed }));
  const faces = await openFaces(plan, data);
  await startBackend(backend, workers);
  using generator = await openGenerator(plan, path);
  // Only now: what cannot be carried out leaves nothing behind.
  const store = await createRunFolder(out);
  return await runExperiment(output, signal, async (control) => {
    const options = { ...{ store, scale, epochs, seed, workers, resume }, ...control };
    const { file } = await trainPreset(preset, { ...faces, generator }, options);
    return `${store.location}/${file}`;
  });
}

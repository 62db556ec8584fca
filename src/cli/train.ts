import { ablate } from '../experiments/ablation.js';
import { changesOf, trainPreset } from '../experiments/train-preset.js';
import { planTraining, type TrainingPreset } from '../experiments/training-plan.js';
import { openAblationData } from '../node/datasets/data-folder.js';
import { createRunFolder } from '../node/runs/run-folder.js';
import { openFaces, openGenerator, readWeightsIfGiven } from './open-weights.js';
import type { TrainingCommandOptions } from './options.js';
import type { CommandOutput } from './run-command.js';
import { runExperiment, runReported, startBackend } from './run-experiment.js';

/** The options of `lowres-landmarks train`. */
export interface TrainCommandOptions extends TrainingCommandOptions {
  preset: TrainingPreset;
}

/** `lowres-landmarks train`: trains networks into a run folder. */
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

/** `lowres-landmarks ablate`: trains stage one and the settings S1 to S4, and compares them as in Table 1b. */
export async function runAblate(
  { data: folder, out, generator: path, backend: name, scale, epochs, seed, workers, resume }: TrainingCommandOptions,
  output: CommandOutput,
  signal: AbortSignal,
): Promise<number> {
  const plan = planTraining('S4', changesOf({ scale, epochs, seed }));
  const data = await openAblationData(folder, plan.config);
  const generator = await readWeightsIfGiven(path);
  const conditions = { data: folder, backend: await startBackend(name, workers) };
  return runReported(await createRunFolder(out), output, signal, (run) =>
    ablate({ data, generator, scale, epochs, seed, workers, resume, conditions, ...run }),
  );
}

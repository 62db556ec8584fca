import { ablate } from '../experiments/ablation.js';
import { changesOf } from '../experiments/train-preset.js';
import { planTraining } from '../experiments/training-plan.js';
import { openAblationData } from '../node/datasets/data-folder.js';
import { createRunFolder } from '../node/runs/run-folder.js';
import { readWeightsIfGiven } from './open-sources.js';
import type { CommandOutput } from './run-command.js';
import { machine, runExperiment, writeReportOf } from './run-experiment.js';
import { startBackend } from './start-backend.js';
import type { TrainingCommandOptions } from './training-options.js';

/** The options of `lowres-landmarks ablate`. */
export type AblateCommandOptions = TrainingCommandOptions;

/**
 * Trains stage one and the settings S1 to S4, and compares them as Table 1b does; the work of `lowres-landmarks
 * ablate`.
 */
export async function runAblate(
  { data: folder, out, generator: path, backend: name, scale, epochs, seed, workers, resume }: AblateCommandOptions,
  output: CommandOutput,
  signal: AbortSignal,
): Promise<number> {
  const plan = planTraining('S4', changesOf({ scale, epochs, seed }));
  const data = await openAblationData(folder, plan.config);
  const generator = await readWeightsIfGiven(path);
  const backend = await startBackend(name, workers);
  const store = await createRunFolder(out);
  return runExperiment(output, signal, async (control) => {
    const { report } = await ablate({
      ...{ data, store, generator, scale, epochs, seed, workers, resume, ...control },
      ...{ conditions: { data: folder, backend }, environment: machine() },
    });
    return writeReportOf(store, report, control);
  });
}

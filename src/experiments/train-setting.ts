import type { CommandOutput } from '../cli/run-command.js';
import type { HeatmapUNet } from '../networks/heatmap-unet.js';
import { createRunFolder } from '../node/runs/run-folder.js';
import type { TrainerConfig } from '../training-loop/trainer-types.js';
import { assertFreshRun, carryOutTraining } from './carry-out-training.js';
import { planTraining, type TrainingPreset, type TrainingSources } from './training-plan.js';

/** How a command that needs trained networks has them trained. */
export interface SettingRun {
  /** The command's run folder: each training has a folder of its preset's name in it. */
  out: string;
  scale: string;
  changes: Partial<TrainerConfig>;
  workers: number;
  backend: string;
  resume: boolean;
  output: CommandOutput;
  signal: AbortSignal;
}

/**
 * Trains one preset, or goes on with it, or finds it done.
 *
 * @param measure What to do with the trained G2 while it is there.
 * @returns The weights' file; undefined when the signal stopped it, which standard output then says.
 */
export async function trainSetting(
  preset: TrainingPreset,
  { out, scale, changes, workers, backend, resume, output, signal }: SettingRun,
  sources: TrainingSources,
  measure?: (network: HeatmapUNet) => Promise<void>,
): Promise<string | undefined> {
  const plan = planTraining(preset, scale, changes);
  const store = await createRunFolder(`${out}/${preset}`);
  await assertFreshRun(store, resume);
  const training = plan.begin(sources, store);
  try {
    output.stderr.write(`${preset}: ${training.parameterCount} weights.\n`);
    const description = { preset, scale, backend };
    const finished = await carryOutTraining(training, store, {
      resume,
      workers,
      signal,
      stderr: output.stderr,
      description,
    });
    if (!finished) {
      output.stdout.write(`Stopped in ${preset} at step ${training.trainer.state.step}. Go on with --resume.\n`);
      return undefined;
    }
    if (training.network) await measure?.(training.network);
    return `${store.location}/${training.result}`;
  } finally {
    training.trainer.dispose();
  }
}

import { defineCommand } from 'citty';
import { assertFreshRun, carryOutTraining } from '../experiments/carry-out-training.js';
import { loadGenerator, openFaces, planTraining, trainingPresets } from '../experiments/training-plan.js';
import { createRunFolder } from '../node/runs/run-folder.js';
import { parseChanges } from './parse-changes.js';
import { parseWorkers } from './parse-workers.js';
import { type CommandOutput, runCommand } from './run-command.js';
import { startBackend } from './start-backend.js';
import { type TrainingOptions, trainingArguments } from './training-arguments.js';

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
  const workers = parseWorkers(options.workers);
  const plan = planTraining(options.preset, options.scale ?? 'paper', parseChanges(options));
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

export default defineCommand({
  meta: { name: 'train', description: 'Train the networks of one stage or setting of the paper.' },
  args: {
    preset: { type: 'string', required: true, description: trainingPresets.join(', ') },
    data: {
      type: 'string',
      required: true,
      description: 'folder that holds 300w/ and/or ytf/ and, for stage-one and S4, lowres/',
    },
    out: {
      type: 'string',
      required: true,
      description: 'run folder: configuration, checkpoint, metrics, pictures, weights',
    },
    generator: {
      type: 'string',
      description: "G1's weights, of a stage-one run, for S2, S3 and S4 (default: those of this package)",
    },
    ...trainingArguments,
  },
  run: ({ args }) => runCommand((output, signal) => runTrain(args, output, signal)),
});

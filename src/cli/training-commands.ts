import { Command, Option } from 'commander';
import type { TrainingPreset } from '../experiments/training-plan.js';
import type { AblateCommandOptions } from './ablate.js';
import { backendOption, wholeNumber } from './option-parsers.js';
import { runCommand } from './run-command.js';
import type { TrainCommandOptions } from './train.js';

// Not imported: the module brings tfjs-layers.
const presets: readonly TrainingPreset[] = ['stage-one', 'S1', 'S2', 'S3', 'S4', 'HR-LD', 'bundled'];

/** `lowres-landmarks train`. */
export function trainCommand(): Command {
  const command = new Command('train')
    .description('Train the networks of one stage or setting of the paper.')
    .addOption(new Option('--preset <name>', 'what to train').choices(presets).makeOptionMandatory())
    .requiredOption('--data <folder>', 'holds 300w/ and/or ytf/ and, for stage-one and S4, lowres/')
    .requiredOption('--out <folder>', 'run folder: configuration, checkpoint, metrics, pictures, weights')
    .option('--generator <file>', "G1's weights from a stage-one run, for S2, S3 and S4 (default: the package's)");
  return addTrainingOptions(command).action((options: TrainCommandOptions) =>
    runCommand(async (output, signal) => (await import('./train.js')).runTrain(options, output, signal)),
  );
}

/** `lowres-landmarks ablate`. */
export function ablateCommand(): Command {
  const command = new Command('ablate')
    .description("Train stage one and the settings S1 to S4, and compare them as in the paper's Table 1b.")
    .requiredOption('--data <folder>', 'holds 300w/ and/or ytf/, and lowres/')
    .requiredOption('--out <folder>', 'run folder: a folder for each training, and the table')
    .option('--generator <file>', "G1's weights, instead of training stage one");
  return addTrainingOptions(command).action((options: AblateCommandOptions) =>
    runCommand(async (output, signal) => (await import('./ablate.js')).runAblate(options, output, signal)),
  );
}

/** Adds the options of {@link TrainingOptions} that mean the same for every command. */
export function addTrainingOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--scale <scale>', "the paper's size, or small: narrower networks and shorter training, for a laptop")
        .choices(['paper', 'small'])
        .default('paper'),
    )
    .option('--epochs <number>', "epochs, instead of the preset's", wholeNumber(1))
    .option('--seed <number>', "random seed, instead of the preset's 0", wholeNumber(0))
    .addOption(backendOption())
    .option('--workers <number>', 'threads that share each batch; at most one per core', wholeNumber(1), 1)
    .option('--resume', 'continue where the run in the --out folder stopped');
}

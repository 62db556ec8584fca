import { Command, Option } from 'commander';
import { recognitionSettings } from '../evaluation/recognition-settings.js';
import type { TrainingPreset } from '../experiments/training-plan.js';
import { DEFAULT_MAX_PIXELS } from '../images/image-input.js';
import { addFaceOptions, addTrainingOptions, backendOption, collect, parsePoints, wholeNumber } from './options.js';
import { type CommandOutput, runCommand } from './run-command.js';
import type { DetectOptions } from './run-detect.js';

// What does a command's work is imported when it runs: `detect` does not wait for what only training needs. So these
// names are repeated here, too.
const presets: readonly TrainingPreset[] = ['stage-one', 'S1', 'S2', 'S3', 'S4', 'HR-LD', 'bundled'];
const landmarkSettings = presets.slice(1);

type Work<Options> = (options: Options, output: CommandOutput, signal: AbortSignal) => Promise<number>;

function running<Options>(load: () => Promise<Work<Options>>): (options: Options) => Promise<void> {
  return (options) => runCommand(async (output, signal) => (await load())(options, output, signal));
}

/** `lowres-landmarks detect`. */
export function detectCommand(): Command {
  return new Command('detect')
    .description('Find the landmarks of faces in image files.')
    .argument('<images...>', 'image files, folders or glob patterns')
    .option(
      '--boxes <file>',
      'face boxes, as CSV (file,x,y,width,height) or JSON; default: each image is one face crop',
    )
    .option('--points <number>', 'points per face: 68, 19 or 5', parsePoints, 68)
    .option('--out <path>', 'write a .json, .csv or .pts file, or a folder/ of .pts files; default: print a table')
    .option('--json', 'print the results as JSON')
    .option('--draw <folder>', 'save a picture of each image with its landmarks in this folder')
    .addOption(backendOption())
    .option('--max-pixels <number>', 'refuse larger images', wholeNumber(1), DEFAULT_MAX_PIXELS)
    .option('--workers <number>', 'threads to share many faces; at most one per core', wholeNumber(1), 1)
    .action((images: string[], options: DetectOptions) =>
      runCommand(async (...run) => (await import('./run-detect.js')).runDetect(images, options, ...run)),
    );
}

/** `lowres-landmarks train`. */
export function trainCommand(): Command {
  const command = new Command('train')
    .description('Train the networks of one stage or setting of the paper.')
    .addOption(new Option('--preset <name>', 'what to train').choices(presets).makeOptionMandatory())
    .requiredOption('--data <folder>', 'holds 300w/ and/or ytf/ and, for stage-one and S4, lowres/')
    .requiredOption('--out <folder>', 'run folder: configuration, checkpoint, metrics, pictures, weights')
    .option('--generator <file>', "G1's weights from a stage-one run, for S2, S3 and S4 (default: the package's)");
  return addTrainingOptions(command).action(running(async () => (await import('./train.js')).runTrain));
}

/** `lowres-landmarks ablate`. */
export function ablateCommand(): Command {
  const command = new Command('ablate')
    .description("Train stage one and the settings S1 to S4, and compare them as in the paper's Table 1b.")
    .requiredOption('--data <folder>', 'holds 300w/ and/or ytf/, and lowres/')
    .requiredOption('--out <folder>', 'run folder: a folder for each training, and the table')
    .option('--generator <file>', "G1's weights, instead of training stage one");
  return addTrainingOptions(command).action(running(async () => (await import('./train.js')).runAblate));
}

/** `lowres-landmarks compare`. */
export function compareCommand(): Command {
  const command = new Command('compare')
    .description('Compare landmark predictors on the same small faces: accuracy by size, and time.')
    .requiredOption(
      '--data <path>',
      "folder with 300-W's test folders in 300w, whose faces are shrunk, or a CSV of annotated faces",
    )
    .requiredOption('--out <folder>', 'run folder: predictions, report.html, .md, .json and .csv')
    .option(
      '--predictor <file>',
      "weights file of a run, or a module that exports a predictor's factory; may be repeated (ours and mean-shape are always compared)",
      collect,
    );
  return addFaceOptions(command)
    .option('--seed <number>', 'random seed of shrunk faces and jittered boxes (default: 2019)', wholeNumber(0))
    .addOption(backendOption())
    .option('--resume', 'continue where the run in the --out folder stopped')
    .action(running(async () => (await import('./compare.js')).runCompare));
}

/** `lowres-landmarks evaluate`. */
export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description("Run one of the paper's experiments.")
    .addCommand(landmarksCommand())
    .addCommand(recognitionCommand());
}

function landmarksCommand(): Command {
  const command = new Command('landmarks')
    .description("Evaluate a setting's landmarks as in the paper's Tables 1b and 4, after training it if necessary.")
    .addOption(new Option('--setting <name>', 'what to evaluate').choices(landmarkSettings).makeOptionMandatory())
    .requiredOption(
      '--data <folder>',
      'holds 300w/ with test faces and, to train, 300w/ and/or ytf/, and lowres/ for S4',
    )
    .requiredOption('--out <folder>', 'run folder of a finished training, or a new one to train in')
    .option('--weights <file>', "the setting's weights, instead of training it")
    .option('--generator <file>', "G1's weights from a stage-one run (default: the package's)");
  return addTrainingOptions(addFaceOptions(command)).action(
    running(async () => (await import('./evaluate-landmarks.js')).runEvaluateLandmarks),
  );
}

function recognitionCommand(): Command {
  const names = Object.keys(recognitionSettings).join(', ');
  const transform = new Option('--transform <name>', "how faces are aligned; the paper's is affine");
  const command = new Command('recognition')
    .description('Identify people by low-resolution faces, in settings of the paper or with alignments to compare.')
    .requiredOption('--data <folder>', 'holds tinyface/ or ytf/, and 300w/ and lowres/ to train with')
    .requiredOption('--out <folder>', 'run folder: trained networks, rows/, report.html, .md, .json and .csv')
    .option('--setting <name>', `${names}; may be repeated`, collect)
    .option(
      '--align <how>',
      'none, mean-shape, ours, retrained (our recipe, trained without the people to identify), annotated, a weights file, or a module ' +
        'that exports a predictor; prefixed with enlarge: or super:, faces are enlarged or super-resolved first; may be repeated',
      collect,
    )
    .option(
      '--embedder <file>',
      "module that exports an embedder's factory, or LightCNN's weights; for all but L1 to L5",
    )
    .option('--super-resolver <file>', "module that exports a super-resolver's factory; for A1, A2 and super:")
    .option('--landmarks <folder>', 'run folder of an ablation, whose S2 and S3 are used instead of training them')
    .option('--generator <file>', "G1's weights, for settings that do not train it (default: the package's)")
    .option('--initial <file>', "LightCNN's initial weights; for L5")
    .option('--embedder-epochs <number>', "LightCNN's epochs, instead of the scale's", wholeNumber(1))
    .addOption(transform.choices(['affine', 'similarity']).default('affine'))
    .option('--people <number>', 'identify at most this many people', wholeNumber(2))
    .option('--distractors', "add TinyFace's distractors to the gallery; the paper leaves them out");
  return addTrainingOptions(command).action(
    running(async () => (await import('./evaluate-recognition.js')).runEvaluateRecognition),
  );
}

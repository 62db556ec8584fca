import { Command, Option } from 'commander';
import { recognitionSettings } from '../evaluation/recognition-settings.js';
import type { TrainingPreset } from '../experiments/training-plan.js';
import { FACE_SIZE_RANGES } from '../metrics/face-sizes.js';
import type { CompareCommandOptions } from './compare.js';
import type { EvaluateLandmarksCommandOptions } from './evaluate-landmarks.js';
import { backendOption, collect, parseSizes, wholeNumber } from './option-parsers.js';
import { runCommand } from './run-command.js';
import { addTrainingOptions } from './training-commands.js';

/** `lowres-landmarks compare`. */
export function compareCommand(): Command {
  const command = new Command('compare')
    .description('Compare landmark predictors on the same small faces: accuracy by size, and time.')
    .requiredOption(
      '--data <path>',
      'folder with 300w/afw, ibug or testset, whose faces are shrunk, or a CSV of annotated faces',
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
    .action(({ predictor, ...options }: CompareCommandOptions & { predictor?: string[] }) =>
      runCommand(async (output, signal) => {
        const { runCompare } = await import('./compare.js');
        return runCompare({ ...options, predictors: predictor }, output, signal);
      }),
    );
}

/** `lowres-landmarks evaluate`. */
export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description("Run one of the paper's experiments.")
    .addCommand(landmarksCommand())
    .addCommand(recognitionCommand());
}

// Not imported: the module brings tfjs-layers.
const landmarkSettings: readonly TrainingPreset[] = ['S1', 'S2', 'S3', 'S4', 'HR-LD', 'bundled'];

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
  return addTrainingOptions(addFaceOptions(command)).action((options: EvaluateLandmarksCommandOptions) =>
    runCommand(async (output, signal) => {
      const { runEvaluateLandmarks } = await import('./evaluate-landmarks.js');
      return runEvaluateLandmarks(options, output, signal);
    }),
  );
}

function recognitionCommand(): Command {
  const command = new Command('recognition')
    .description('Identify people by low-resolution faces, in settings of the paper or with alignments to compare.')
    .requiredOption('--data <folder>', 'holds tinyface/ or ytf/, and 300w/ and lowres/ to train with')
    .requiredOption('--out <folder>', 'run folder: trained networks, rows/, report.html, .md, .json and .csv')
    .addOption(
      new Option('--setting <name>', `${Object.keys(recognitionSettings).join(', ')}; may be repeated`).argParser(
        collect,
      ),
    )
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
    .addOption(
      new Option('--transform <name>', "how faces are aligned; the paper's is affine")
        .choices(['affine', 'similarity'])
        .default('affine'),
    )
    .option('--people <number>', 'identify at most this many people', wholeNumber(2))
    .option('--distractors', "add TinyFace's distractors to the gallery; the paper leaves them out");
  return addTrainingOptions(command).action(({ setting, align, ...options }) =>
    runCommand(async (output, signal) => {
      const { runEvaluateRecognition } = await import('./evaluate-recognition.js');
      return runEvaluateRecognition({ ...options, settings: setting, alignments: align }, output, signal);
    }),
  );
}

function addFaceOptions(command: Command): Command {
  const sizes = FACE_SIZE_RANGES.map(({ low, high }) => `${low}-${high}`).join(',');
  return command
    .option(
      '--sizes <ranges>',
      `face sizes in pixels, for the tables and for shrinking photographs (default: ${sizes})`,
      parseSizes,
    )
    .addOption(
      new Option('--boxes <kind>', "face boxes: the annotation's, or shifted and scaled as a poor detector's")
        .choices(['exact', 'jittered'])
        .default('exact'),
    )
    .option(
      '--limit <number>',
      'evaluate at most this many photographs or faces, spread over the data',
      wholeNumber(1),
    );
}

import { type Command, InvalidArgumentError, Option } from 'commander';
import type { BackendName } from '../backends/use-backend.js';
import type { SchemeName } from '../landmarks/schemes.js';
import { FACE_SIZE_RANGES, groupBySize, type SizeRange } from '../metrics/face-sizes.js';
import type { BoxKind } from '../node/datasets/small-face-set.js';
import type { TrainingScale } from '../training/resolve-config.js';

/** The options of {@link addTrainingOptions}, and those that every command that trains has. */
export interface TrainingCommandOptions {
  data: string;
  out: string;
  generator?: string | undefined;
  scale?: TrainingScale | undefined;
  epochs?: number | undefined;
  seed?: number | undefined;
  backend?: string | undefined;
  workers?: number | undefined;
  resume?: boolean | undefined;
}

/** The options of {@link addFaceOptions}. */
export interface FaceOptions {
  sizes?: readonly Readonly<SizeRange>[] | undefined;
  boxes?: BoxKind | undefined;
  limit?: number | undefined;
}

/** Adds the options with one meaning in every command that trains. */
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

/** Adds the options that choose the faces of an evaluation. */
export function addFaceOptions(command: Command): Command {
  const sizes = FACE_SIZE_RANGES.map(({ low, high }) => `${low}-${high}`).join(',');
  const boxes = new Option(
    '--boxes <kind>',
    "face boxes: the annotation's, or shifted and scaled as a poor detector's",
  );
  return command
    .option(
      '--sizes <ranges>',
      `face sizes in pixels, for the tables and for shrinking photographs (default: ${sizes})`,
      parseSizes,
    )
    .addOption(boxes.choices(['exact', 'jittered']).default('exact'))
    .option(
      '--limit <number>',
      'evaluate at most this many photographs or faces, spread over the data',
      wholeNumber(1),
    );
}

const backends: readonly BackendName[] = ['auto', 'wasm', 'webgpu', 'cpu', 'node', 'node-gpu'];

/** `--backend`, which every command has. */
export function backendOption(): Option {
  return new Option('--backend <name>', 'tfjs backend').choices(backends).default('auto');
}

/** A parser of whole numbers of at least `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    if (/^\d+$/.test(text) && Number(text) >= least) return Number(text);
    throw new InvalidArgumentError(`It must be a whole number of at least ${least}.`);
  };
}

/** Collects the values of an option that may be repeated. */
export function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

/** Parses the name of a point scheme. */
export function parsePoints(text: string): SchemeName {
  if (text === '68' || text === '19' || text === '5') return Number(text) as SchemeName;
  throw new InvalidArgumentError('It must be 68, 19 or 5.');
}

/** Parses ranges of face sizes in pixels: `12-16,16-20`. */
export function parseSizes(text: string): SizeRange[] {
  const ranges = text.split(',').map((part) => {
    const match = /^\s*(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)\s*$/.exec(part);
    if (!match) throw new InvalidArgumentError('It must be ranges of pixels such as 12-16,16-20.');
    return { low: Number(match[1]), high: Number(match[2]) };
  });
  if (ranges.some(({ low }) => low === 0)) throw new InvalidArgumentError('Sizes must be over 0 pixels.');
  try {
    groupBySize([], ranges);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
  return ranges;
}

import { join } from 'node:path';
import type { FaceTransform } from '../alignment/place-face.js';
import { InvalidArgumentError } from '../errors.js';
import { type RecognitionSettingName, recognitionSetting } from '../evaluation/recognition-settings.js';
import { evaluateRecognition } from '../experiments/evaluate-recognition.js';
import type { GivenNetworks } from '../experiments/recognition-networks.js';
import { assertFileNames } from '../experiments/run-files.js';
import { openRecognitionData } from '../node/datasets/data-folder.js';
import { isFolder } from '../node/datasets/files.js';
import { createRunFolder } from '../node/runs/run-folder.js';
import { finishedWeights } from './finished-weights.js';
import { openEmbedder, openSuperResolver } from './open-embedder.js';
import { readWeightsIfGiven } from './open-sources.js';
import { parseAlignment } from './recognition-alignments.js';
import type { CommandOutput } from './run-command.js';
import { machine, runExperiment, writeReportOf } from './run-experiment.js';
import { startBackend } from './start-backend.js';
import type { TrainingCommandOptions } from './training-options.js';

/** The options of `lowres-landmarks evaluate recognition`. */
export interface RecognitionCommandOptions extends TrainingCommandOptions {
  settings?: readonly string[] | undefined;
  alignments?: readonly string[] | undefined;
  embedder?: string | undefined;
  superResolver?: string | undefined;
  /** The run folder of an ablation. */
  landmarks?: string | undefined;
  initial?: string | undefined;
  embedderEpochs?: number | undefined;
  people?: number | undefined;
  distractors?: boolean | undefined;
  transform?: FaceTransform | undefined;
}

/** Identifies people by their low-resolution faces; the work of `lowres-landmarks evaluate recognition`. */
export async function runEvaluateRecognition(
  options: RecognitionCommandOptions,
  output: CommandOutput,
  signal: AbortSignal,
): Promise<number> {
  const { data: folder, out, scale, epochs, seed, workers, resume, people, distractors, transform } = options;
  const { embedderEpochs } = options;
  const data = await openRecognitionData(folder, { seed, people });
  if (distractors && !data.distractors) {
    throw new InvalidArgumentError(
      '--distractors: this data has none. TinyFace has them in Testing_Set/Gallery_Distractor.',
    );
  }
  const { source } = data;
  const alignments = options.alignments?.map((value) => parseAlignment(value, { ...options, source })) ?? [];
  const settings = options.settings as readonly RecognitionSettingName[] | undefined;
  assertOptions(options);
  assertFileNames([...(settings ?? []), ...alignments.map(({ name }) => name)], 'rows');
  const backend = await startBackend(options.backend, workers);
  const weights = {
    landmarks: await finishedLandmarks(options.landmarks),
    generator: await readWeightsIfGiven(options.generator),
    initial: await readWeightsIfGiven(options.initial),
  };
  const embedder = options.embedder === undefined ? undefined : await openEmbedder(options.embedder);
  const superResolver =
    options.superResolver === undefined ? undefined : await openSuperResolver(options.superResolver);
  try {
    const store = await createRunFolder(out);
    return await runExperiment(output, signal, async (control) => {
      const { report } = await evaluateRecognition({
        ...{ data, settings, alignments, ...weights, embedder, superResolver, embedderEpochs, transform, distractors },
        ...{ store, scale, epochs, seed, workers, resume, ...control },
        ...{ conditions: conditionsOf(options, backend), environment: machine() },
      });
      return writeReportOf(store, report, control);
    });
  } finally {
    embedder?.dispose?.();
    superResolver?.dispose?.();
  }
}

/** What fixes the results, in the words of the command line. */
function conditionsOf(options: RecognitionCommandOptions, backend: string): Record<string, unknown> {
  const { data, embedder = null, superResolver = null, landmarks = null, generator = null, initial = null } = options;
  // Text, as in the run folders of version 0.1.
  const [epochs, embedderEpochs] = [options.epochs?.toString() ?? null, options.embedderEpochs?.toString() ?? null];
  return { data, epochs, embedderEpochs, embedder, superResolver, landmarks, generator, initial, backend };
}

/** @throws InvalidArgumentError when a setting does not exist, or a row needs an option that is missing. */
function assertOptions({ settings = [], alignments = [], ...options }: RecognitionCommandOptions): void {
  if (settings.length + alignments.length === 0) {
    throw new InvalidArgumentError('There is nothing to evaluate: give --setting or --align.');
  }
  const need = (row: string, option: 'embedder' | 'super-resolver' | 'initial', given: string | undefined) => {
    if (given !== undefined) return;
    const what = option === 'initial' ? "LightCNN's weights file" : 'a module; examples/peers has some';
    throw new InvalidArgumentError(`${row} needs --${option}: ${what}.`);
  };
  for (const name of settings) {
    const { superResolved, embedder } = recognitionSetting(name);
    if (superResolved) need(name, 'super-resolver', options.superResolver);
    if (embedder === 'given') need(name, 'embedder', options.embedder);
    if (embedder === 'light-cnn-given') need(name, 'initial', options.initial);
  }
  for (const value of alignments) need(`--align ${value}`, 'embedder', options.embedder);
}

/** G2's weights of the settings whose training in an ablation's folder is finished. */
async function finishedLandmarks(folder: string | undefined): Promise<GivenNetworks['landmarks']> {
  if (folder === undefined) return undefined;
  const landmarks: Record<string, Uint8Array> = {};
  for (const setting of ['S2', 'S3', 'HR-LD']) {
    const place = join(folder, setting);
    const weights = (await isFolder(place)) && (await finishedWeights(await createRunFolder(place)));
    if (weights) landmarks[setting] = weights;
  }
  return landmarks;
}

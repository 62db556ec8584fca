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
import { embedderKind, openModule, superResolverKind } from './open-module.js';
import { finishedWeights, readWeightsIfGiven } from './open-weights.js';
import type { TrainingCommandOptions } from './options.js';
import { parseAlignment } from './recognition-alignments.js';
import type { CommandOutput } from './run-command.js';
import { runReported, startBackend } from './run-experiment.js';

/** The options of `lowres-landmarks evaluate recognition`. */
export interface RecognitionCommandOptions extends TrainingCommandOptions {
  setting?: readonly string[] | undefined;
  align?: readonly string[] | undefined;
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

/** `lowres-landmarks evaluate recognition`: identifies people by their low-resolution faces. */
export async function runEvaluateRecognition(
  options: RecognitionCommandOptions,
  output: CommandOutput,
  signal: AbortSignal,
): Promise<number> {
  const { scale, epochs, seed, workers, resume, people, distractors, transform, embedderEpochs } = options;
  const data = await openRecognitionData(options.data, { seed, people });
  if (distractors && !data.distractors) {
    throw new InvalidArgumentError(
      '--distractors: this data has none. TinyFace has them in Testing_Set/Gallery_Distractor.',
    );
  }
  const { source } = data;
  const alignments = options.align?.map((value) => parseAlignment(value, { ...options, source })) ?? [];
  const settings = options.setting as readonly RecognitionSettingName[] | undefined;
  assertOptions(options);
  assertFileNames([...(settings ?? []), ...alignments.map(({ name }) => name)], 'rows');
  const conditions = conditionsOf(options, await startBackend(options.backend, workers));
  const landmarks = await finishedLandmarks(options.landmarks);
  const generator = await readWeightsIfGiven(options.generator);
  const initial = await readWeightsIfGiven(options.initial);
  const embedder = options.embedder === undefined ? undefined : await openModule(options.embedder, embedderKind);
  const superResolver =
    options.superResolver === undefined ? undefined : await openModule(options.superResolver, superResolverKind);
  try {
    return await runReported(await createRunFolder(options.out), output, signal, (run) =>
      evaluateRecognition({
        ...{ data, settings, alignments, embedder, superResolver, embedderEpochs, transform, distractors },
        ...{ landmarks, generator, initial, scale, epochs, seed, workers, resume, conditions, ...run },
      }),
    );
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
function assertOptions({ setting = [], align = [], ...options }: RecognitionCommandOptions): void {
  if (setting.length + align.length === 0) {
    throw new InvalidArgumentError('Nothing to evaluate: pass --setting or --align.');
  }
  const need = (row: string, option: 'embedder' | 'super-resolver' | 'initial', given: string | undefined) => {
    if (given !== undefined) return;
    const what = option === 'initial' ? "LightCNN's weights file" : 'a module; examples/peers has some';
    throw new InvalidArgumentError(`${row} needs --${option}: ${what}.`);
  };
  for (const name of setting) {
    const { superResolved, embedder } = recognitionSetting(name);
    if (superResolved) need(name, 'super-resolver', options.superResolver);
    if (embedder === 'given') need(name, 'embedder', options.embedder);
    if (embedder === 'light-cnn-given') need(name, 'initial', options.initial);
  }
  for (const value of align) need(`--align ${value}`, 'embedder', options.embedder);
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

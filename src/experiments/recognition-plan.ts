import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { FaceTransform } from '../alignment/place-face.js';
import { isModule } from '../cli/made-by-module.js';
import { openEmbedder, openSuperResolver } from '../cli/open-embedder.js';
import { fileNameOf, nameOfFile, openPredictor } from '../cli/open-predictors.js';
import type { TrainingOptions } from '../cli/training-options.js';
import type { IdentificationSets } from '../datasets/identification-split.js';
import { InvalidArgumentError } from '../errors.js';
import type { AlignedDataset } from '../evaluation/align-dataset.js';
import { networkPredictor } from '../evaluation/detector-predictor.js';
import { annotatedAligner, boxAligner, type FaceAligner, landmarkAligner } from '../evaluation/face-aligner.js';
import { type RecognitionSetting, recognitionSetting } from '../evaluation/recognition-settings.js';
import type { FaceEmbedder } from '../recognition/face-embedder.js';
import { RecognitionNetworks } from './recognition-networks.js';
import { trainLightCnn } from './train-light-cnn.js';
import type { SettingRun } from './train-setting.js';

/** What `lowres-landmarks evaluate recognition` is asked to do. */
export interface RecognitionOptions extends TrainingOptions {
  /** Settings of the paper. */
  settings?: readonly string[] | undefined;
  /** Alignments to be compared. */
  alignments?: readonly string[] | undefined;
  embedder?: string | undefined;
  superResolver?: string | undefined;
  landmarks?: string | undefined;
  initial?: string | undefined;
  embedderEpochs?: number | undefined;
  people?: number | undefined;
  distractors?: boolean | undefined;
  transform?: string | undefined;
}

/** A row of the tables to come. */
export interface RecognitionStep {
  name: string;
  /** Opens, or trains, what aligns faces; undefined when the signal stopped it. */
  aligner(): Promise<FaceAligner | undefined>;
  /** Opens what compares them, or trains it on the aligned training faces; undefined when the signal stopped it. */
  embedder(trainingFaces: (size: number) => Promise<AlignedDataset>): Promise<FaceEmbedder | undefined>;
}

/** An alignment: the recipe of the bundled weights, trained without the people to be found. */
export const RETRAINED = 'retrained';

/** The side of LightCNN's faces. */
const LIGHT_CNN_SIZE = 32;

/**
 * Plans the rows of a recognition experiment: nothing is opened or trained yet.
 *
 * @throws InvalidArgumentError when there is nothing to do, a row is asked for twice, or one needs an option that is missing.
 */
export function planRecognition(
  options: RecognitionOptions,
  run: SettingRun,
  sets: IdentificationSets,
): RecognitionStep[] {
  const { settings = [], alignments = [], data, landmarks, generator } = options;
  const names = [...settings, ...alignments];
  if (names.length === 0) throw new InvalidArgumentError('Nothing is asked for: give --setting or --align.');
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new InvalidArgumentError(`${twice} is asked for twice.`);
  if (options.distractors && !sets.distractors) {
    throw new InvalidArgumentError(
      '--distractors: this data has none. TinyFace has them in Testing_Set/Gallery_Distractor.',
    );
  }
  const { transform } = options;
  if (transform !== undefined && transform !== 'affine' && transform !== 'similarity') {
    throw new InvalidArgumentError(`--transform takes affine or similarity, not ${JSON.stringify(transform)}.`);
  }
  const networks = new RecognitionNetworks(run, { data, sets, landmarks, generator });
  const steps = [
    ...settings.map((name) => settingStep(name, recognitionSetting(name), options, run, networks)),
    ...alignments.map((name) => alignmentStep(name, options, networks)),
  ];
  // Each is kept in a file of its name.
  const files = steps.map(({ name }) => fileNameOf(name));
  const same = steps.find(({ name }, index) => files.indexOf(fileNameOf(name)) !== index);
  if (same) throw new InvalidArgumentError(`Two rows would be named ${same.name}: rename one of the files.`);
  return steps;
}

function settingStep(
  name: string,
  setting: RecognitionSetting,
  options: RecognitionOptions,
  run: SettingRun,
  networks: RecognitionNetworks,
): RecognitionStep {
  const { order, superResolved } = setting;
  if (superResolved) required(options, 'superResolver', name);
  if (setting.embedder === 'given') required(options, 'embedder', name);
  if (setting.embedder === 'light-cnn-given') required(options, 'initial', name);
  return {
    name,
    async aligner() {
      const file = await networks.landmarksOf(setting);
      if (file === undefined) return undefined;
      const predictor = await networkPredictor(await readFile(file), { name });
      const superResolver = superResolved ? await openSuperResolver(options.superResolver!) : undefined;
      return landmarkAligner(predictor, { name, order, transform: transformOf(options), superResolver });
    },
    async embedder(trainingFaces) {
      if (setting.embedder === 'given') return openEmbedder(options.embedder!);
      const { faces } = await trainingFaces(LIGHT_CNN_SIZE);
      const epochs = options.embedderEpochs;
      const initial = setting.embedder === 'light-cnn-given' ? options.initial : undefined;
      return trainLightCnn({ folder: `${name}/light-cnn`, faces, epochs, initial }, run);
    },
  };
}

function alignmentStep(name: string, options: RecognitionOptions, networks: RecognitionNetworks): RecognitionStep {
  required(options, 'embedder', `--align ${name}`);
  const [, way, what = name] = /^(enlarge|super):(.*)$/.exec(name) ?? [];
  if (way === 'super') required(options, 'superResolver', `--align ${name}`);
  if (way && what === 'none') throw new InvalidArgumentError(`--align ${name}: without alignment there is no order.`);
  const order = way ? 'enlarge-first' : 'align-first';
  return {
    name: shortName(way, what),
    async aligner() {
      if (what === 'none') return boxAligner();
      if (what === 'annotated') return annotatedAligner({ order, transform: transformOf(options) });
      const file = what === RETRAINED ? await networks.retrained() : what;
      if (file === undefined) return undefined;
      const { predictor } = await openPredictor(file);
      const superResolver = way === 'super' ? await openSuperResolver(options.superResolver!) : undefined;
      return landmarkAligner(predictor, { name, order, transform: transformOf(options), superResolver });
    },
    embedder: () => openEmbedder(options.embedder!),
  };
}

/** A module or weights file without its folders: `enlarge:face-api-68`. */
function shortName(way: string | undefined, what: string): string {
  const name = isModule(what) || extname(what) === '.safetensors' ? nameOfFile(what) : what;
  return way ? `${way}:${name}` : name;
}

function required(options: RecognitionOptions, option: 'embedder' | 'superResolver' | 'initial', by: string): void {
  if (options[option] !== undefined) return;
  const what = option === 'initial' ? "LightCNN's weights file" : `a module; examples/peers has some`;
  const name = option === 'superResolver' ? 'super-resolver' : option;
  throw new InvalidArgumentError(`${by} needs --${name}: ${what}.`);
}

/** It has been checked when the experiment was planned. */
function transformOf({ transform }: RecognitionOptions): FaceTransform | undefined {
  return transform as FaceTransform | undefined;
}

import type { FaceTransform } from '../alignment/place-face.js';
import { InvalidArgumentError } from '../errors.js';
import { networkPredictor } from '../evaluation/detector-predictor.js';
import { type FaceAligner, landmarkAligner } from '../evaluation/face-aligner.js';
import type { AlignedDataset } from '../evaluation/identify-people.js';
import {
  type RecognitionSetting,
  type RecognitionSettingName,
  recognitionSetting,
} from '../evaluation/recognition-settings.js';
import type { FaceEmbedder } from '../recognition/face-embedder.js';
import type { SuperResolver } from '../recognition/super-resolver.js';
import type { ExperimentOptions } from './experiment.js';
import type { RecognitionNetworks } from './recognition-networks.js';
import { assertFileNames } from './run-files.js';
import { trainLightCnn } from './train-light-cnn.js';
import type { TrainingOptions } from './train-preset.js';

/** An alignment that is opened when its row begins, and disposed after it. */
export interface RecognitionAlignment {
  /** Names the row. */
  name: string;
  /** What it is, for the report. */
  description: string;
  /** Opens it. The row disposes what it gives. */
  open(networks: RecognitionNetworks): Promise<FaceAligner>;
}

/** The rows of a recognition experiment, and what they need. */
export interface RecognitionRows {
  /** Settings of the paper. */
  settings?: readonly RecognitionSettingName[] | undefined;
  /** Alignments to be compared; an opened one stays the caller's. */
  alignments?: readonly (FaceAligner | RecognitionAlignment)[] | undefined;
  /** An embedder trained elsewhere, for all rows but L1 to L5. It stays the caller's. */
  embedder?: FaceEmbedder | undefined;
  /** For A1 and A2. It stays the caller's. */
  superResolver?: SuperResolver | undefined;
  /** LightCNN's weights to begin with, for L5. */
  initial?: Uint8Array | undefined;
  /** LightCNN's epochs, instead of the scale's. */
  embedderEpochs?: number | undefined;
  /** `affine` by default, as in the paper. */
  transform?: FaceTransform | undefined;
}

/** A row to come. */
export interface RecognitionStep {
  name: string;
  description: string;
  /** Opens what aligns faces, after training its network where that is needed. */
  aligner(): Promise<FaceAligner>;
  /** Opens what compares them, or trains it on the aligned training faces. */
  embedder(trainingFaces: (size: number) => Promise<AlignedDataset>): Promise<FaceEmbedder>;
}

/** The side of LightCNN's faces. */
const LIGHT_CNN_SIZE = 32;

/**
 * Plans the rows: nothing is opened or trained yet.
 *
 * @throws InvalidArgumentError without rows, for two of one name, and for one that needs something missing.
 */
export function planRecognition(
  rows: RecognitionRows,
  networks: RecognitionNetworks,
  run: TrainingOptions & ExperimentOptions,
): RecognitionStep[] {
  const { settings = [], alignments = [] } = rows;
  const steps = [
    ...settings.map((name) => settingStep(name, recognitionSetting(name), rows, networks, run)),
    ...alignments.map((alignment) => alignmentStep(alignment, rows, networks)),
  ];
  if (steps.length === 0) throw new InvalidArgumentError('Nothing to evaluate: choose a setting or an alignment.');
  // Each is kept in a file of its name.
  assertFileNames(
    steps.map(({ name }) => name),
    'rows',
  );
  return steps;
}

function settingStep(
  name: string,
  setting: RecognitionSetting,
  { embedder, superResolver, initial, embedderEpochs, transform }: RecognitionRows,
  networks: RecognitionNetworks,
  run: TrainingOptions & ExperimentOptions,
): RecognitionStep {
  const { order, superResolved } = setting;
  if (superResolved && !superResolver) throw missing(name, 'a super-resolver');
  if (setting.embedder === 'given' && !embedder) throw missing(name, 'an embedder');
  if (setting.embedder === 'light-cnn-given' && !initial) throw missing(name, 'initial weights of LightCNN');
  return {
    name,
    description: setting.question,
    async aligner() {
      const predictor = await networkPredictor(await networks.landmarksOf(setting), { name });
      return landmarkAligner(predictor, {
        ...{ name, order, transform },
        superResolver: superResolved ? borrowedResolver(superResolver!) : undefined,
      });
    },
    async embedder(trainingFaces) {
      if (setting.embedder === 'given') return borrowedEmbedder(embedder!);
      const { faces } = await trainingFaces(LIGHT_CNN_SIZE);
      const weights = setting.embedder === 'light-cnn-given' ? initial : undefined;
      return trainLightCnn({ name: `${name}/light-cnn`, faces, epochs: embedderEpochs, initial: weights }, run);
    },
  };
}

function alignmentStep(
  alignment: FaceAligner | RecognitionAlignment,
  { embedder }: RecognitionRows,
  networks: RecognitionNetworks,
): RecognitionStep {
  const { name } = alignment;
  if (!embedder) throw missing(`The alignment ${name}`, 'an embedder');
  return {
    name,
    description: 'open' in alignment ? alignment.description : `aligned by ${name}`,
    aligner: async () => ('open' in alignment ? alignment.open(networks) : borrowedAligner(alignment)),
    embedder: async () => borrowedEmbedder(embedder),
  };
}

// Without `dispose`: these stay the caller's.

function borrowedAligner(aligner: FaceAligner): FaceAligner {
  return { name: aligner.name, align: (face, size) => aligner.align(face, size) };
}

function borrowedEmbedder(embedder: FaceEmbedder): FaceEmbedder {
  return { name: embedder.name, inputSize: embedder.inputSize, embed: (faces) => embedder.embed(faces) };
}

function borrowedResolver(resolver: SuperResolver): SuperResolver {
  return { name: resolver.name, factor: resolver.factor, enlarge: (image) => resolver.enlarge(image) };
}

function missing(row: string, what: string): InvalidArgumentError {
  return new InvalidArgumentError(`${row} needs ${what}.`);
}

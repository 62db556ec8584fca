import { type AugmentationConfig, paperAugmentation } from '../augmentation/augment.js';
import type { Dataset, LandmarkDataset } from '../datasets/dataset.js';
import { groupsOf, splitByGroup, withoutGroups } from '../datasets/dataset-tools.js';
import type { IdentificationSets } from '../datasets/identification-split.js';
import type { UnlabelledSample } from '../datasets/samples.js';
import type { RecognitionSetting } from '../evaluation/recognition-settings.js';
import type { HeatmapTrainerConfig } from '../training/heatmap-config.js';
import { subStore } from '../training-loop/run-store.js';
import type { ExperimentOptions } from './experiment.js';
import { changesOf, type TrainingOptions, withTrained } from './train-preset.js';
import { loadGenerator, planTraining, type Split, type TrainingPreset } from './training-plan.js';

/** What a recognition experiment identifies and trains on: `openRecognitionData` of `lowres-landmarks/node`. */
export interface RecognitionData extends IdentificationSets {
  /** Where the faces come from: `TinyFace`. */
  source: string;
  /** Opens labelled faces, when landmark networks are to be trained. */
  labelled(): Promise<Split<LandmarkDataset>>;
  /** Opens real low-resolution faces of other people. */
  unlabelled(): Promise<Split<Dataset<UnlabelledSample>>>;
}

/** Landmark networks trained already. */
export interface GivenNetworks {
  /**
   * G2's weights by setting, taken instead of training where G1 and G2 have not learned from the identities: those of
   * an ablation.
   */
  landmarks?: Readonly<Partial<Record<TrainingPreset, Uint8Array>>> | undefined;
  /** G1's weights where it has not learned from the identities; those in this package by default. */
  generator?: Uint8Array | undefined;
}

/** Share of the training people's faces that stage one validates with. */
const VALIDATION_SHARE = 0.2;

/** "We reduce the amount of data-augmentation in this case" (L4): the paper does not say by how much. Half. */
const reducedAugmentation: AugmentationConfig = {
  ...paperAugmentation,
  rotation: paperAugmentation.rotation / 2,
  scale: [0.95, 1.05],
  shift: paperAugmentation.shift / 2,
};

/**
 * The landmark networks of recognition settings, each trained once in a part of the experiment's store or taken from
 * those given. None of them learns from faces of people who are to be identified.
 */
export class RecognitionNetworks {
  readonly #data: RecognitionData;
  readonly #given: GivenNetworks;
  readonly #run: TrainingOptions & ExperimentOptions;
  readonly #trained = new Map<string, Uint8Array>();
  #labelled: Split<LandmarkDataset> | undefined;

  constructor(data: RecognitionData, given: GivenNetworks, run: TrainingOptions & ExperimentOptions) {
    this.#data = data;
    this.#given = given;
    this.#run = run;
  }

  /** G2's weights by the recipe of the bundled ones. */
  retrained(): Promise<Uint8Array> {
    return this.#train('bundled');
  }

  /** The weights of a setting's G2. */
  async landmarksOf({ landmarks, realFaces, generator }: RecognitionSetting): Promise<Uint8Array> {
    if (realFaces === 'wild') return this.#given.landmarks?.[landmarks] ?? this.#train(landmarks);
    if (generator === 'wild') return this.#train(landmarks, 'identities');
    return this.#train(landmarks, 'end-to-end', await this.#train('stage-one', 'end-to-end'));
  }

  async #train(
    preset: TrainingPreset,
    folder?: 'identities' | 'end-to-end',
    g1: Uint8Array | undefined = this.#given.generator,
  ): Promise<Uint8Array> {
    const key = `${folder}/${preset}`;
    const done = this.#trained.get(key);
    if (done) return done;
    const { scale, epochs, seed, store, ...run } = this.#run;
    const augmentation = folder === 'end-to-end' && { augmentation: reducedAugmentation };
    const changes: Partial<HeatmapTrainerConfig> = { ...changesOf({ scale, epochs, seed }), ...augmentation };
    const { needsGenerator, needsUnlabelled } = planTraining(preset, changes);
    using generator = needsGenerator ? await loadGenerator(g1) : undefined;
    const sources = {
      labelled: await this.#labelledFaces(),
      unlabelled: needsUnlabelled ? await this.#realFaces(folder) : undefined,
      generator,
    };
    const within = subStore(folder ? subStore(store, folder) : store, preset);
    const { weights } = await withTrained(preset, changes, sources, { ...run, store: within });
    this.#trained.set(key, weights);
    return weights;
  }

  /** Without the people to identify: a network that has seen their landmarks would be measured on its training data. */
  async #labelledFaces(): Promise<Split<LandmarkDataset>> {
    if (!this.#labelled) {
      const identified = new Set([...groupsOf(this.#data.gallery), ...groupsOf(this.#data.probes)]);
      const { training, validation } = await this.#data.labelled();
      this.#labelled = {
        training: withoutGroups(training, identified),
        validation: withoutGroups(validation, identified),
      };
    }
    return this.#labelled;
  }

  async #realFaces(folder: string | undefined): Promise<Split<Dataset<UnlabelledSample>>> {
    if (folder === undefined) return this.#data.unlabelled();
    return splitByGroup(this.#data.training, VALIDATION_SHARE, this.#run.seed ?? 0);
  }
}

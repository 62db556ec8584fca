import { join } from 'node:path';
import { paperAugmentation } from '../augmentation/augment.js';
import { groupsOf, splitByGroup, withoutGroups } from '../datasets/dataset-tools.js';
import type { IdentificationSets } from '../datasets/identification-split.js';
import type { RecognitionSetting } from '../evaluation/recognition-settings.js';
import { isFolder } from '../node/datasets/is-folder.js';
import { openTrainingData, type TrainingData } from '../node/datasets/training-data.js';
import { openUnlabelledData, type UnlabelledData } from '../node/datasets/unlabelled-data.js';
import { createRunFolder } from '../node/runs/run-folder.js';
import type { HeatmapTrainerConfig } from '../training/heatmap-config.js';
import { WEIGHTS_FILE } from '../training/heatmap-trainer.js';
import { finishedWeights } from './finished-weights.js';
import { type SettingRun, trainSetting } from './train-setting.js';
import { loadGenerator, planTraining, type TrainingPreset } from './training-plan.js';

/** What the networks of recognition settings are made from. */
export interface RecognitionNetworkSources {
  /** The data folder. */
  data: string;
  sets: IdentificationSets;
  /** The run folder of an ablation, whose networks are taken instead of trained. */
  landmarks?: string | undefined;
  /** G1's weights where it has not learned from the identities; those in this package by default. */
  generator?: string | undefined;
}

/** Share of the training people's faces that stage one measures itself on. */
const VALIDATION_SHARE = 0.2;

/** "We reduce the amount of data-augmentation in this case" (L4): the paper does not say by how much. Half. */
const reducedAugmentation = {
  ...paperAugmentation,
  rotation: paperAugmentation.rotation / 2,
  scale: [0.95, 1.05] as const,
  shift: paperAugmentation.shift / 2,
};

/**
 * The landmark networks of recognition settings, each trained once in the command's run folder or taken from where they are. None of them
 * learns from faces of people who are to be found.
 */
export class RecognitionNetworks {
  readonly #run: SettingRun;
  readonly #sources: RecognitionNetworkSources;
  readonly #files = new Map<string, string>();
  #labelled: TrainingData | undefined;

  constructor(run: SettingRun, sources: RecognitionNetworkSources) {
    this.#run = run;
    this.#sources = sources;
  }

  /** Weights by the recipe of the bundled ones; undefined when the signal stopped their training. */
  async retrained(): Promise<string | undefined> {
    return this.#train('.', 'bundled');
  }

  /** The weights of a setting's G2; undefined when the signal stopped its training. */
  async landmarksOf(setting: RecognitionSetting): Promise<string | undefined> {
    const { landmarks, realFaces, generator } = setting;
    if (realFaces === 'wild') return (await this.#given(landmarks)) ?? this.#train('.', landmarks);
    if (generator === 'wild') return this.#train('identities', landmarks);
    const trained = await this.#train('end-to-end', 'stage-one');
    return trained && this.#train('end-to-end', landmarks, trained);
  }

  async #given(preset: string): Promise<string | undefined> {
    const { landmarks } = this.#sources;
    if (landmarks === undefined) return undefined;
    const folder = join(landmarks, preset);
    if (!(await isFolder(folder)) || !(await finishedWeights(await createRunFolder(folder)))) return undefined;
    return join(folder, WEIGHTS_FILE);
  }

  async #train(folder: string, preset: TrainingPreset, generatorFile?: string): Promise<string | undefined> {
    const key = `${folder}/${preset}`;
    const done = this.#files.get(key);
    if (done) return done;
    const { needsGenerator, needsUnlabelled } = planTraining(preset, this.#run.scale, {});
    using generator = needsGenerator ? await loadGenerator(generatorFile ?? this.#sources.generator) : undefined;
    const changes: Partial<HeatmapTrainerConfig> =
      folder === 'end-to-end' ? { ...this.#run.changes, augmentation: reducedAugmentation } : { ...this.#run.changes };
    const trained = await trainSetting(
      preset,
      { ...this.#run, out: join(this.#run.out, folder), changes },
      {
        labelled: await this.#labelledFaces(),
        unlabelled: needsUnlabelled ? await this.#realFaces(folder) : undefined,
        generator,
      },
    );
    if (trained) this.#files.set(key, trained);
    return trained;
  }

  /** Without the people who are to be found: landmarks that a network has been shown say nothing of those it finds. */
  async #labelledFaces(): Promise<TrainingData> {
    if (!this.#labelled) {
      const { data, sets } = this.#sources;
      const found = new Set([...groupsOf(sets.gallery), ...groupsOf(sets.probes)]);
      const { training, validation } = await openTrainingData(data, this.#run.changes.seed ?? 0);
      this.#labelled = { training: withoutGroups(training, found), validation: withoutGroups(validation, found) };
    }
    return this.#labelled;
  }

  async #realFaces(folder: string): Promise<UnlabelledData> {
    const seed = this.#run.changes.seed ?? 0;
    if (folder === '.') return openUnlabelledData(this.#sources.data, seed);
    return splitByGroup(this.#sources.sets.training, VALIDATION_SHARE, seed);
  }
}

import { loadBundledWeights } from '../detect/bundled-weights.js';
import { CheckpointError, InvalidArgumentError } from '../errors.js';
import type { LandmarkSetting } from '../experiments/evaluate-landmarks.js';
import type { ExperimentOptions } from '../experiments/experiment.js';
import { changesOf, type TrainingOptions, trainPreset } from '../experiments/train-preset.js';
import { loadGenerator, planTraining, type TrainingPlan, type TrainingSources } from '../experiments/training-plan.js';
import { openTrainingData, openUnlabelledData } from '../node/datasets/data-folder.js';
import { readWeights } from '../node/runs/read-weights.js';
import { WEIGHTS_FILE } from '../training/heatmap-trainer.js';
import { readProgress } from '../training-loop/checkpoint.js';
import { type RunStore, subStore } from '../training-loop/run-store.js';

/** Opens the faces that a training needs. */
export async function openFaces(plan: TrainingPlan, folder: string): Promise<Omit<TrainingSources, 'generator'>> {
  const labelled = await openTrainingData(folder, plan.config.seed);
  if (!plan.needsUnlabelled) return { labelled };
  return { labelled, unlabelled: await openUnlabelledData(folder, plan.config.seed) };
}

/** Loads G1 where a training needs it, from a file or from this package. The backend must have started. */
export async function openGenerator(
  plan: TrainingPlan,
  path: string | undefined,
): Promise<TrainingSources['generator']> {
  return plan.needsGenerator ? loadGenerator(await readWeightsIfGiven(path)) : undefined;
}

/** The content of the weights file of an option, when it is given. */
export async function readWeightsIfGiven(path: string | undefined): Promise<Uint8Array | undefined> {
  return path === undefined ? undefined : readWeights(path);
}

/**
 * G2's weights in a run folder, if any.
 *
 * @throws CheckpointError when the training stopped before its end.
 */
export async function finishedWeights(store: RunStore): Promise<Uint8Array | undefined> {
  const weights = await store.read(WEIGHTS_FILE);
  const progress = weights && (await readProgress(store));
  if (!progress || progress.epoch >= progress.epochs) return weights;
  throw new CheckpointError(
    `The training in ${store.location} stopped after ${progress.epoch} of ${progress.epochs} epochs: go on with train --resume, or pass its ${WEIGHTS_FILE} as --weights to use it as it is.`,
  );
}

/**
 * A setting's weights and where they come from: the `weights` file, the run in the store, this package for `bundled`,
 * or else a training in a part of the store, as `ablate` does it.
 *
 * @param places The data folder, a weights file, and G1's weights file.
 * @throws InvalidArgumentError when the file cannot be read, or the store's run is of another setting; CheckpointError
 * when that run is not finished; the signal's reason when the training was stopped.
 */
export async function openSettingWeights(
  setting: LandmarkSetting,
  places: { data: string; weights?: string | undefined; generator?: string | undefined },
  { scale, epochs, seed, ...run }: TrainingOptions & ExperimentOptions,
): Promise<{ weights: Uint8Array; source: string }> {
  const { store, onProgress } = run;
  if (places.weights !== undefined) return { weights: await readWeights(places.weights), source: places.weights };
  const found = await finishedWeights(store);
  if (found) {
    await assertSetting(store, setting);
    onProgress?.({ kind: 'note', message: `Weights found in ${store.location}.` });
    return { weights: found, source: WEIGHTS_FILE };
  }
  if (setting === 'bundled') return { weights: await loadBundledWeights(), source: 'in the package' };
  const changes = { scale, epochs, seed };
  const plan = planTraining(setting, changesOf(changes));
  const faces = await openFaces(plan, places.data);
  using generator = await openGenerator(plan, places.generator);
  const within = { ...changes, ...run, store: subStore(store, setting) };
  const { weights } = await trainPreset(setting, { ...faces, generator }, within);
  return { weights, source: `trained in ${setting}/` };
}

/** The configuration in a folder of `train` has its preset. */
async function assertSetting(store: RunStore, setting: string): Promise<void> {
  const config = await store.read('config.json');
  const { preset } = (config ? JSON.parse(new TextDecoder().decode(config)) : {}) as { preset?: string };
  if (preset === undefined || preset === setting) return;
  throw new InvalidArgumentError(
    `${store.location} holds a run of ${preset}, not of ${setting}: pass --setting ${preset}, or another --out.`,
  );
}

import { loadBundledWeights } from '../detect/bundled-weights.js';
import { InvalidArgumentError } from '../errors.js';
import type { LandmarkSetting } from '../experiments/evaluate-landmarks.js';
import type { ExperimentOptions } from '../experiments/experiment.js';
import { changesOf, type TrainingOptions, trainPreset } from '../experiments/train-preset.js';
import { planTraining } from '../experiments/training-plan.js';
import { readWeights } from '../node/runs/read-weights.js';
import { WEIGHTS_FILE } from '../training/heatmap-trainer.js';
import { type RunStore, subStore } from '../training-loop/run-store.js';
import { finishedWeights } from './finished-weights.js';
import { openFaces, openGenerator } from './open-sources.js';

/** Weights of G2, and where they come from. */
export interface SettingWeights {
  weights: Uint8Array;
  source: string;
}

/** Where to look for them. */
export interface WeightsPlaces {
  /** The data folder. */
  data: string;
  /** A weights file. */
  weights?: string | undefined;
  /** G1's weights file, for settings that learn from what it generates. */
  generator?: string | undefined;
}

/**
 * The weights of a setting: those of `--weights`, of the run that the store holds, of this package for `bundled`, or
 * else of a training in a part of the store, as `ablate` does it.
 *
 * @throws InvalidArgumentError when the file cannot be read, or the store's run is of another setting;
 * CheckpointError when that is not finished; the signal's reason when the training was stopped.
 */
export async function openSettingWeights(
  setting: LandmarkSetting,
  { data, weights, generator: path }: WeightsPlaces,
  { scale, epochs, seed, ...run }: TrainingOptions & ExperimentOptions,
): Promise<SettingWeights> {
  const { store, onProgress } = run;
  if (weights !== undefined) return { weights: await readWeights(weights), source: weights };
  const found = await finishedWeights(store);
  if (found) {
    await assertSetting(store, setting);
    onProgress?.({ kind: 'note', message: `Weights found in ${store.location}.` });
    return { weights: found, source: WEIGHTS_FILE };
  }
  if (setting === 'bundled') return { weights: await loadBundledWeights(), source: 'in the package' };
  const changes = { scale, epochs, seed };
  const plan = planTraining(setting, changesOf(changes));
  const faces = await openFaces(plan, data);
  using generator = await openGenerator(plan, path);
  const within = { ...changes, ...run, store: subStore(store, setting) };
  const trained = await trainPreset(setting, { ...faces, generator }, within);
  return { weights: trained.weights, source: `trained in ${setting}/` };
}

/** A folder of `train` has the preset in its configuration. */
async function assertSetting(store: RunStore, setting: string): Promise<void> {
  const config = await store.read('config.json');
  const { preset } = (config ? JSON.parse(new TextDecoder().decode(config)) : {}) as { preset?: string };
  if (preset === undefined || preset === setting) return;
  throw new InvalidArgumentError(
    `${store.location} holds a run of ${preset}, not of ${setting}: give --setting ${preset}, or another --out.`,
  );
}

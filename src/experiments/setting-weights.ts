import { readFile } from 'node:fs/promises';
import { loadBundledWeights } from '../detect/bundled-weights.js';
import { InvalidArgumentError } from '../errors.js';
import { WEIGHTS_FILE } from '../training/heatmap-trainer.js';
import type { RunStore } from '../training-loop/run-store.js';
import { finishedWeights } from './finished-weights.js';
import { type SettingRun, trainSetting } from './train-setting.js';
import { loadGenerator, openFaces, planTraining, type TrainingPreset } from './training-plan.js';

/** Weights of G2, and where they came from. */
export interface SettingWeights {
  weights: Uint8Array;
  source: string;
}

/** Where to look for them. */
export interface WeightsOptions {
  data: string;
  /** A file that the user names. */
  weights?: string | undefined;
  /** G1's weights, for settings that learn from what it makes. */
  generator?: string | undefined;
}

/**
 * The weights of a setting: those the user names, those of the run that a folder holds, those of this package for `bundled`, or else trained
 * in the folder first, as `ablate` does.
 *
 * @returns Undefined when the signal stopped the training, which standard output then says.
 * @throws InvalidArgumentError when the file cannot be read, or the folder's run is of another setting; CheckpointError when that is not
 * finished.
 */
export async function settingWeights(
  setting: TrainingPreset,
  { data, weights, generator }: WeightsOptions,
  store: RunStore,
  run: SettingRun,
): Promise<SettingWeights | undefined> {
  if (weights !== undefined) return { weights: await readWeights(weights), source: weights };
  const found = await finishedWeights(store);
  if (found) {
    await assertSetting(store, setting);
    run.output.stderr.write(`Weights found in ${store.location}.\n`);
    return { weights: found, source: WEIGHTS_FILE };
  }
  if (setting === 'bundled') return { weights: await loadBundledWeights(), source: 'in the package' };
  const plan = planTraining(setting, run.scale, run.changes);
  const faces = await openFaces(plan, data);
  using g1 = plan.needsGenerator ? await loadGenerator(generator) : undefined;
  const trained = await trainSetting(setting, run, { ...faces, generator: g1 });
  return trained === undefined ? undefined : { weights: await readFile(trained), source: `trained in ${setting}/` };
}

function readWeights(path: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: Error) => {
    throw new InvalidArgumentError(`--weights ${path} cannot be read: ${cause.message}`, { cause });
  });
}

/** A folder of `train` tells in its configuration what was trained. */
async function assertSetting(store: RunStore, setting: string): Promise<void> {
  const config = await store.read('config.json');
  const { preset } = (config ? JSON.parse(new TextDecoder().decode(config)) : {}) as { preset?: string };
  if (preset === undefined || preset === setting) return;
  throw new InvalidArgumentError(
    `${store.location} holds a run of ${preset}, not of ${setting}: give --setting ${preset}, or another --out.`,
  );
}

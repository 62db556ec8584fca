import * as tf from '@tensorflow/tfjs-core';
import { decodeSafetensors, encodeSafetensors, type PlainTensor } from '../data/safetensors.js';
import { CheckpointError, WeightsCorruptError } from '../errors.js';
import type { NamedTensors } from '../networks/network.js';
import type { RunStore } from './run-store.js';

/** The name of the file in a run's store. */
export const CHECKPOINT_FILE = 'checkpoint.safetensors';

/** Everything a run needs to go on as if it had not stopped. Random numbers need no state: see `Random`. */
export interface Checkpoint {
  /** Which trainer wrote it. */
  trainer: string;
  /** The run's whole configuration; a run with another cannot resume from it. */
  config: unknown;
  /** Counters such as epoch and step. */
  counters: Record<string, number>;
  /** Weights and the optimiser's state. */
  tensors: Record<string, PlainTensor>;
}

/** Saves a checkpoint in single precision, so that nothing is rounded; the previous one stays until it is written. */
export async function saveCheckpoint(store: RunStore, checkpoint: Checkpoint): Promise<void> {
  const { trainer, config, counters, tensors } = checkpoint;
  const metadata = { trainer, config: JSON.stringify(config), counters: JSON.stringify(counters) };
  await store.write(CHECKPOINT_FILE, encodeSafetensors({ tensors, metadata }));
}

/**
 * Loads a run's checkpoint, or undefined when it has none yet.
 *
 * @throws CheckpointError when another trainer or configuration wrote it; WeightsCorruptError when it is not intact.
 */
export async function loadCheckpoint(
  store: RunStore,
  trainer: string,
  config: unknown,
): Promise<Checkpoint | undefined> {
  const file = await store.read(CHECKPOINT_FILE);
  if (!file) return undefined;
  const { tensors, metadata } = decodeSafetensors(file);
  if (metadata.trainer !== trainer) {
    throw new CheckpointError(`The checkpoint in ${store.location} is of a ${metadata.trainer}, not of a ${trainer}.`);
  }
  const saved = parseObject(metadata.config, store.location);
  const current = JSON.parse(JSON.stringify(config)) as Record<string, unknown>;
  const different = Object.keys({ ...saved, ...current }).find(
    (key) => JSON.stringify(saved[key]) !== JSON.stringify(current[key]),
  );
  if (different) {
    throw new CheckpointError(
      `The checkpoint in ${store.location} was made with ${different} = ${JSON.stringify(saved[different])}, this run has ${JSON.stringify(current[different])}. Resume with the same configuration, or start in another place.`,
    );
  }
  const counters = parseObject(metadata.counters, store.location) as Record<string, number>;
  return { trainer, config: saved, counters, tensors };
}

function parseObject(text = '', location: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new WeightsCorruptError(`The checkpoint in ${location} is damaged: its metadata are not JSON. Start anew.`, {
      cause: error,
    });
  }
}

/** Copies tensors out of the backend, with `prefix` before their names. */
export async function downloadTensors(tensors: NamedTensors, prefix = ''): Promise<Record<string, PlainTensor>> {
  const plain: Record<string, PlainTensor> = {};
  for (const [name, tensor] of Object.entries(tensors)) {
    plain[`${prefix}${name}`] = { shape: tensor.shape, data: Float32Array.from(await tensor.data()) };
  }
  return plain;
}

/** Copies those tensors whose names begin with `prefix` back into the backend, without it. The caller disposes them. */
export function uploadTensors(plain: Record<string, PlainTensor>, prefix: string): NamedTensors {
  const tensors: NamedTensors = {};
  for (const [name, { shape, data }] of Object.entries(plain)) {
    if (name.startsWith(prefix)) tensors[name.slice(prefix.length)] = tf.tensor(data, shape);
  }
  return tensors;
}

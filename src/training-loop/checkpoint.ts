import { CheckpointError, WeightsCorruptError } from '../errors.js';
import { decodeSafetensors, encodeSafetensors, type PlainTensor } from '../formats/safetensors.js';
import type { RunStore } from './run-store.js';

/** The name of the file in a run's store. */
export const CHECKPOINT_FILE = 'checkpoint.safetensors';

/** Of a setting in messages, in characters. */
const LONGEST_SHOWN = 160;

/** Everything a run needs to go on as if it had not stopped. Random numbers need no state: see `Random`. */
export interface Checkpoint {
  /** Which trainer wrote it. */
  trainer: string;
  /** The run's whole configuration; a run with another cannot resume from it. */
  config: unknown;
  /** What it learned from, as far as the trainer describes it: a run on other data cannot resume from it. */
  data: Readonly<Record<string, unknown>>;
  /** Counters such as epoch and step. */
  counters: Record<string, number>;
  /** Weights and the optimiser's state. */
  tensors: Record<string, PlainTensor>;
}

/** Saves a checkpoint in single precision, so that nothing is rounded; the previous one stays until it is written. */
export async function saveCheckpoint(store: RunStore, checkpoint: Checkpoint): Promise<void> {
  const { trainer, config, data, counters, tensors } = checkpoint;
  const parts = Object.entries({ config, data, counters }).map(([name, part]) => [name, JSON.stringify(part)]);
  const metadata = { trainer, ...Object.fromEntries(parts) };
  await store.write(CHECKPOINT_FILE, encodeSafetensors({ tensors, metadata }));
}

/**
 * Loads a run's checkpoint, or undefined when it has none yet.
 *
 * @param data What this run learns from.
 * @throws CheckpointError when another trainer or configuration wrote it, or it learned from other data;
 *   WeightsCorruptError when it is not intact.
 */
export async function loadCheckpoint(
  store: RunStore,
  trainer: string,
  config: unknown,
  data: Checkpoint['data'],
): Promise<Checkpoint | undefined> {
  const file = await store.read(CHECKPOINT_FILE);
  if (!file) return undefined;
  const { tensors, metadata } = decodeSafetensors(file);
  if (metadata.trainer !== trainer) {
    throw new CheckpointError(`The checkpoint in ${store.location} is of a ${metadata.trainer}, not of a ${trainer}.`);
  }
  const saved = parseObject(metadata.config, store.location);
  assertSame(saved, config, 'configuration', store.location);
  // Checkpoints were once without it.
  const savedData = metadata.data === undefined ? data : parseObject(metadata.data, store.location);
  assertSame(savedData, data, 'data', store.location);
  const counters = parseObject(metadata.counters, store.location) as Record<string, number>;
  return { trainer, config: saved, data: savedData, counters, tensors };
}

/**
 * How many of its epochs a run has behind it by its checkpoint; undefined when it has none.
 *
 * @throws WeightsCorruptError when it is not intact.
 */
export async function readProgress(store: RunStore): Promise<{ epoch: number; epochs: number } | undefined> {
  const file = await store.read(CHECKPOINT_FILE);
  if (!file) return undefined;
  const { metadata } = decodeSafetensors(file);
  const { epochs } = parseObject(metadata.config, store.location) as { epochs: number };
  const { epoch } = parseObject(metadata.counters, store.location) as { epoch: number };
  return { epoch, epochs };
}

function assertSame(saved: Readonly<Record<string, unknown>>, given: unknown, what: string, location: string): void {
  const current = JSON.parse(JSON.stringify(given)) as Record<string, unknown>;
  for (const key of Object.keys({ ...saved, ...current })) {
    const [then, now] = [JSON.stringify(saved[key]), JSON.stringify(current[key])];
    if (then === now) continue;
    const [before, here] = [then, now].map((text) => excerpt(text, placeOfDifference(then, now)));
    throw new CheckpointError(
      `The checkpoint in ${location} was made with ${key} = ${before}, this run has ${here}. Resume with the same ${what}, or start in another place.`,
    );
  }
}

function placeOfDifference(first = '', second = ''): number {
  let place = 0;
  while (place < first.length && first[place] === second[place]) place++;
  return place;
}

/** A long text, such as a list of thousands of people, around a place. */
function excerpt(text: string | undefined, place: number): string | undefined {
  if (text === undefined || text.length <= LONGEST_SHOWN) return text;
  return `...${text.slice(Math.max(0, place - LONGEST_SHOWN / 2), place + LONGEST_SHOWN / 2)}...`;
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

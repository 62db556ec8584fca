import { CheckpointError, WeightsCorruptError } from '../errors.js';
import { decodeSafetensors, encodeSafetensors, type PlainTensor } from '../formats/safetensors.js';
import type { RunStore } from './run-store.js';

/** The name of the file in a run's store. */
export const CHECKPOINT_FILE = 'checkpoint.safetensors';

/** Longest setting quoted in a message, in characters. */
const LONGEST_SHOWN = 160;

/** All that a run needs to go on as if it had not stopped. Random numbers need no state: see `Random`. */
export interface Checkpoint {
  /** The kind of trainer. A resumed run must have the same, with the same configuration and data. */
  trainer: string;
  config: unknown;
  /** The trainer's description of its training set. */
  data: Readonly<Record<string, unknown>>;
  /** Counters such as epoch and step. */
  counters: Record<string, number>;
  /** Weights and the optimisers' state. */
  tensors: Record<string, PlainTensor>;
}

/** Saves a checkpoint in single precision, so that nothing is rounded. */
export async function saveCheckpoint(
  store: RunStore,
  { trainer, config, data, counters, tensors }: Checkpoint,
): Promise<void> {
  const parts = Object.entries({ config, data, counters }).map(([name, part]) => [name, JSON.stringify(part)]);
  const metadata = { trainer, ...Object.fromEntries(parts) };
  await store.write(CHECKPOINT_FILE, encodeSafetensors({ tensors, metadata }));
}

/**
 * Loads a run's checkpoint; undefined if it has none yet.
 *
 * @throws CheckpointError when its trainer, configuration or data are others; WeightsCorruptError when it is damaged.
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
  // Early checkpoints have none.
  const savedData = metadata.data === undefined ? data : parseObject(metadata.data, store.location);
  assertSame(savedData, data, 'data', store.location);
  const counters = parseObject(metadata.counters, store.location) as Record<string, number>;
  return { trainer, config: saved, data: savedData, counters, tensors };
}

/**
 * How far a run's checkpoint is; undefined if it has none.
 *
 * @throws WeightsCorruptError when it is damaged.
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
      `The checkpoint in ${location} was made with ${key} = ${before}, this run has ${here}. Resume with the same ${what}, or start a new run elsewhere.`,
    );
  }
}

function placeOfDifference(first = '', second = ''): number {
  let place = 0;
  while (place < first.length && first[place] === second[place]) place++;
  return place;
}

/** A long text, such as a list of thousands of people, cut to what is around a place. */
function excerpt(text: string | undefined, place: number): string | undefined {
  if (text === undefined || text.length <= LONGEST_SHOWN) return text;
  return `...${text.slice(Math.max(0, place - LONGEST_SHOWN / 2), place + LONGEST_SHOWN / 2)}...`;
}

function parseObject(text = '', location: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new WeightsCorruptError(
      `The checkpoint in ${location} is damaged: its metadata are not JSON. Start a new run.`,
      {
        cause: error,
      },
    );
  }
}

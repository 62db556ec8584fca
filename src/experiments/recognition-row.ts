import * as v from 'valibot';
import { DatasetError } from '../errors.js';
import type { RunStore } from '../training-loop/run-store.js';
import { fileNameOf } from './run-files.js';

const schema: v.GenericSchema<RecognitionRow> = v.object({
  name: v.string(),
  embedder: v.string(),
  ranks: v.array(v.number()),
  averagePrecisions: v.array(v.number()),
  lost: v.array(v.object({ id: v.string(), failure: v.string() })),
});

/**
 * The result of an identification in one setting, or with one alignment: a row of the tables, kept in a file of its
 * own.
 */
export interface RecognitionRow {
  name: string;
  embedder: string;
  ranks: number[];
  averagePrecisions: number[];
  lost: { id: string; failure: string }[];
}

/** The row of that name, when the run has it already. */
export async function readRow(store: RunStore, name: string): Promise<RecognitionRow | undefined> {
  const content = await store.read(fileOf(name));
  if (!content) return undefined;
  try {
    return v.parse(schema, JSON.parse(new TextDecoder().decode(content)));
  } catch (cause) {
    throw new DatasetError(`${store.location}/${fileOf(name)} is not a row of this experiment: remove it.`, { cause });
  }
}

/** Keeps a row. */
export function writeRow(store: RunStore, row: RecognitionRow): Promise<void> {
  return store.write(fileOf(row.name), `${JSON.stringify(row)}\n`);
}

function fileOf(name: string): string {
  return `rows/${fileNameOf(name)}.json`;
}

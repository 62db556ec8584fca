import * as v from 'valibot';
import { fileNameOf } from '../cli/open-predictors.js';
import { DatasetError } from '../errors.js';
import type { RunStore } from '../training-loop/run-store.js';

const schema = v.object({
  name: v.string(),
  embedder: v.string(),
  ranks: v.array(v.number()),
  averagePrecisions: v.array(v.number()),
  lost: v.array(v.object({ id: v.string(), failure: v.string() })),
});

/** What an identification in one setting, or with one alignment, found: a row of the tables, kept in a file of its own. */
export type RecognitionRow = v.InferOutput<typeof schema>;

/** The row of that name, when the run has found it already. */
export async function readRow(store: RunStore, name: string): Promise<RecognitionRow | undefined> {
  const content = await store.read(fileOf(name));
  if (!content) return undefined;
  try {
    return v.parse(schema, JSON.parse(new TextDecoder().decode(content)));
  } catch (cause) {
    throw new DatasetError(`${store.location}/${fileOf(name)} is not a result of this command: remove it.`, { cause });
  }
}

/** Keeps a row. */
export function writeRow(store: RunStore, row: RecognitionRow): Promise<void> {
  return store.write(fileOf(row.name), `${JSON.stringify(row)}\n`);
}

function fileOf(name: string): string {
  return `rows/${fileNameOf(name)}.json`;
}

import { CheckpointError } from '../errors.js';
import type { RunStore } from '../training-loop/run-store.js';
import type { FaceSet } from './evaluated-face.js';
import type { LandmarkPredictor } from './landmark-predictor.js';
import { type PredictionRecord, predictFaces } from './predict-faces.js';

/** How {@link completePredictions} goes. */
export interface CompletePredictionsOptions {
  /** Stops after the face in progress. */
  signal?: AbortSignal | undefined;
  /** Called before the first face and after each, with the number of faces done and lost. */
  onProgress?: ((done: number, lost: number) => void) | undefined;
}

/**
 * {@link predictFaces} with each record appended to a file, continuing where the file ends: a resumed run gives the
 * predictions of an uninterrupted one.
 *
 * @param file In the store: `predictions/ours.jsonl`.
 * @returns A record per face, in order; fewer when the signal stopped it.
 * @throws CheckpointError for a damaged file or one of other faces.
 */
export async function completePredictions(
  predictor: LandmarkPredictor,
  faces: FaceSet,
  store: RunStore,
  file: string,
  { signal, onProgress }: CompletePredictionsOptions = {},
): Promise<PredictionRecord[]> {
  const records = await readRecords(store, file);
  if (records.length > faces.length) {
    throw new CheckpointError(
      `${store.location}/${file} holds ${records.length} predictions for ${faces.length} faces: it belongs to another set. Remove it.`,
    );
  }
  // Also creates the folder, and drops a truncated last line.
  await store.write(file, records.map(formatRecord).join(''));
  let lost = records.filter(({ points }) => points === null).length;
  onProgress?.(records.length, lost);
  for await (const record of predictFaces(predictor, faces, { signal, from: records.length })) {
    records.push(record);
    await store.append(file, formatRecord(record));
    if (record.points === null) lost += 1;
    onProgress?.(records.length, lost);
  }
  return records;
}

async function readRecords(store: RunStore, file: string): Promise<PredictionRecord[]> {
  const content = await store.read(file);
  return content ? parseRecords(new TextDecoder().decode(content), `${store.location}/${file}`) : [];
}

interface Line {
  id: string;
  /** A NaN, which JSON lacks, is null. */
  points: [number | null, number | null][] | null;
  score?: number;
  failure?: string;
  milliseconds: number;
}

/** A record as a line of JSON, line break included. Numbers keep all their digits. */
export function formatRecord({ points, ...rest }: PredictionRecord): string {
  const pairs = points?.map(({ x, y }) => [x, y]) ?? null;
  return `${JSON.stringify({ ...rest, points: pairs })}\n`;
}

/**
 * Reads what {@link formatRecord} wrote, but for a last line truncated when the run was killed.
 *
 * @param source Names the file in messages.
 * @throws CheckpointError for any other line that is not a record.
 */
export function parseRecords(text: string, source: string): PredictionRecord[] {
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line, index) => {
    try {
      const { points, ...rest } = JSON.parse(line) as Line;
      if (typeof rest.id !== 'string' || typeof rest.milliseconds !== 'number') throw new Error('it lacks a field');
      return { ...rest, points: points?.map(([x, y]) => ({ x: x ?? Number.NaN, y: y ?? Number.NaN })) ?? null };
    } catch (cause) {
      throw new CheckpointError(
        `${source}, line ${index + 1} is not a prediction (${(cause as Error).message}): remove the file to predict again.`,
        { cause },
      );
    }
  });
}

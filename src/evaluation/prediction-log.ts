import { CheckpointError } from '../errors.js';
import type { PredictionRecord } from './predict-faces.js';

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
 * Reads what {@link formatRecord} wrote. A last line without its line break, of a run that was killed while it wrote,
 * is left out.
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

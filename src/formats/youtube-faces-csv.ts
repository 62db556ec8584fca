import { DatasetError } from '../errors.js';
import type { Point } from '../geometry/point.js';

/** One annotated video frame. */
export interface AnnotatedFrame {
  file: string;
  points: Point[];
}

/**
 * Reads the annotations of YouTube Faces' frames: a CSV whose rows are a file name and `x, y` of 68 points, from 1.
 *
 * That they count from 1 is not documented but measured: a network trained on them and on Helen's points, with 1
 * subtracted from Helen's alone, found points of held-out people 1.5 % of the face (about 75 pixels) more to the left
 * and 1.0 % higher on these frames than on Helen's: a pixel, both ways.
 *
 * @param source Names the file in messages.
 * @throws DatasetError when a line is not a name and 136 numbers.
 */
export function parseYouTubeFacesCsv(text: string, source: string): AnnotatedFrame[] {
  const [, ...rows] = text.split(/\r?\n/);
  return rows.flatMap((row, index) => {
    if (!row.trim()) return [];
    const [file, ...cells] = row.split(',');
    const numbers = cells.map(Number);
    if (!file || numbers.length !== 136 || cells.some((cell) => !cell.trim()) || !numbers.every(Number.isFinite)) {
      throw new DatasetError(`${source}, line ${index + 2}: expected a name and 136 numbers, got ${cells.length}.`);
    }
    const points = Array.from({ length: 68 }, (_, i) => ({ x: numbers[2 * i]! - 1, y: numbers[2 * i + 1]! - 1 }));
    return [{ file, points }];
  });
}

/** The person in a frame: its file's name before the last `_`. */
export function personOfFrame(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('_')));
}

/** The person's video that a frame is from: its file's number after the last `_`, without the last digit. */
export function videoOfFrame(file: string): string {
  return /_(\d+)\d\.\w+$/.exec(file)?.[1] ?? '';
}

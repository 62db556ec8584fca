import { DatasetError } from '../errors.js';
import type { Point } from '../geometry/point.js';

/** One annotated video frame. */
export interface AnnotatedFrame {
  file: string;
  points: Point[];
}

/**
 * Reads the annotations of YouTube Faces' frames: a CSV whose rows are a file name and `x, y` of 68 points, counted
 * from 1.
 *
 * Nothing says that they are counted from 1. A network that learned from these and from Helen's points, which are, and
 * had 1 taken off Helen's alone, found points of held-out people 1.5 % of the face (of about 75 pixels) more to the
 * left and 1.0 % higher on these frames than on Helen's, measured against the annotations of each: a pixel, both ways.
 *
 * @param source Names the file in messages.
 * @throws DatasetError naming the first line that is not a name and 136 numbers.
 */
export function parseYouTubeFacesCsv(text: string, source: string): AnnotatedFrame[] {
  const [, ...rows] = text.split(/\r?\n/);
  return rows.flatMap((row, index) => {
    if (!row.trim()) return [];
    const [file, ...cells] = row.split(',');
    const numbers = cells.map(Number);
    if (!file || numbers.length !== 136 || cells.some((cell) => !cell.trim()) || !numbers.every(Number.isFinite)) {
      throw new DatasetError(
        `${source}, line ${index + 2}: expected a file name and 136 numbers, got ${cells.length}.`,
      );
    }
    const points = Array.from({ length: 68 }, (_, i) => ({ x: numbers[2 * i]! - 1, y: numbers[2 * i + 1]! - 1 }));
    return [{ file, points }];
  });
}

/** Who a frame shows: its file's name before the last `_`. */
export function personOfFrame(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('_')));
}

/**
 * Which of the person's videos a frame is from: what its file's name has after the last `_`, less the last digit, which
 * counts the frame.
 */
export function videoOfFrame(file: string): string {
  return /_(\d+)\d\.\w+$/.exec(file)?.[1] ?? '';
}

import { DatasetError } from '../errors.js';
import type { Point } from '../geometry/point.js';
import { markInvisible } from '../landmarks/visibility.js';

/** A picture of MTFL with its five points. */
export interface MtflPicture {
  /** Path relative to the list, with slashes. */
  file: string;
  /**
   * This library's 5 points: eye, eye, nose, mouth corner, mouth corner, the image's left first; NaN if not visible.
   */
  points: Point[];
}

const POINTS = 5;
/** Gender, smile, glasses and head pose; not every copy of the list has them. */
const ATTRIBUTES = 4;

/**
 * Reads a list of MTFL (Zhang et al., ECCV 2014): a line a picture, with its path, x of five points, y of the five, and
 * perhaps four attributes, which are left out. A point of -1, -1 is not visible, as in AFLW.
 *
 * @param source Names the file in messages.
 * @throws DatasetError when a line is malformed, a picture occurs twice, or there is none.
 */
export function parseMtflList(text: string, source: string): MtflPicture[] {
  const known = new Set<string>();
  const pictures = text.split(/\r?\n/).flatMap((line, index) => {
    if (!line.trim()) return [];
    const [path = '', ...cells] = line.trim().split(/\s+/);
    const numbers = cells.map(Number);
    const fits = numbers.length === 2 * POINTS || numbers.length === 2 * POINTS + ATTRIBUTES;
    if (!fits || !numbers.every(Number.isFinite)) {
      throw new DatasetError(`${source}, line ${index + 1}: expected a path and x of 5 points, then y of 5 points.`);
    }
    const file = path.replaceAll('\\', '/');
    if (known.has(file)) throw new DatasetError(`${source}, line ${index + 1}: ${file} occurs twice.`);
    known.add(file);
    const points = Array.from({ length: POINTS }, (_, i) => ({ x: numbers[i]!, y: numbers[POINTS + i]! }));
    return [{ file, points: markInvisible(points) }];
  });
  if (pictures.length === 0) throw new DatasetError(`${source} has no picture: it needs a line for each.`);
  return pictures;
}

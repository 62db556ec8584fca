import { DatasetError } from '../errors.js';
import type { Box } from '../geometry/box.js';
import type { Point } from '../geometry/point.js';
import { landmarkSchemes, type SchemeName } from '../landmarks/schemes.js';
import { isVisible, markInvisible } from '../landmarks/visibility.js';
import { assertColumns, boxIn, type CsvRecord, numberIn, parseCsvTable } from './csv-table.js';

/** One row of a list of annotated faces. */
export interface AnnotatedFaceRow {
  line: number;
  /** Path of the picture, relative to the list. */
  file: string;
  box: Box;
  /** NaN where not visible. */
  points: Point[];
  /** The person it shows or the photograph it was cut from, if the list says so. */
  group: string | undefined;
}

/**
 * Reads a list of annotated faces: a CSV with a face a row and the columns `file, x, y, width, height, x1, y1, ..., xN,
 * yN` and, optionally, `group`, in any order. Boxes are measured at pixel edges; points have pixel centres at integers,
 * from 0. A point that is not visible is -1, -1, as in the paper's ALRF, or two empty cells.
 *
 * @param source Names the file in messages.
 * @throws DatasetError when a column is missing, N is not 5, 19 or 68, or a row is malformed, has no visible point, or
 *   occurs twice.
 */
export function parseAnnotatedFaces(text: string, source: string): { scheme: SchemeName; faces: AnnotatedFaceRow[] } {
  const table = parseCsvTable(text, source);
  const count = table.columns.filter((name) => /^x\d+$/.test(name)).length;
  const scheme = Object.values(landmarkSchemes).find(({ points }) => points === count)?.points;
  if (!scheme) throw new DatasetError(`${source} has columns for ${count} points (x1, y1, ...): it needs 5, 19 or 68.`);
  const pairs = Array.from({ length: scheme }, (_, index) => [`x${index + 1}`, `y${index + 1}`] as const);
  assertColumns(table, ['file', 'x', 'y', 'width', 'height', ...pairs.flat()]);
  if (table.records.length === 0) throw new DatasetError(`${source} has no face: it needs a row for each.`);
  const known = new Set<string>();
  const faces = table.records.map((record): AnnotatedFaceRow => {
    const { line, where, cells } = record;
    const { file, group } = cells;
    if (!file) throw new DatasetError(`${where}: the file is not named.`);
    const box = boxIn(record);
    const points = markInvisible(pairs.map(([x, y]) => ({ x: coordinateIn(record, x), y: coordinateIn(record, y) })));
    const half = points.findIndex((point) => Number.isNaN(point.x) !== Number.isNaN(point.y)) + 1;
    if (half) throw new DatasetError(`${where}: point ${half} has only one coordinate; an invisible one is -1,-1.`);
    if (!points.some(isVisible)) throw new DatasetError(`${where}: no point is visible; leave this face out.`);
    const key = JSON.stringify([file, box]);
    if (known.has(key)) throw new DatasetError(`${where}: the same face of ${file} is annotated twice.`);
    known.add(key);
    return { line, file, box, points, group: group || undefined };
  });
  return { scheme, faces };
}

/** A coordinate; NaN for an empty cell, but not for one that is missing. */
function coordinateIn(record: CsvRecord, column: string): number {
  return record.cells[column] === '' ? Number.NaN : numberIn(record, column);
}

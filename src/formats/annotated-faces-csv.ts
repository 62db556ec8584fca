import { DatasetError } from '../errors.js';
import type { Box } from '../geometry/box.js';
import type { Point } from '../geometry/point.js';
import { landmarkSchemes, type SchemeName } from '../landmarks/schemes.js';
import { isVisible, markInvisible } from '../landmarks/visibility.js';
import { parseCsv } from './csv.js';

/** One row of a list of annotated faces. */
export interface AnnotatedFaceRow {
  line: number;
  /** Path of the picture, from the list on. */
  file: string;
  box: Box;
  /** NaN where not visible. */
  points: Point[];
  /** Whom it shows or what it was cut from, where the list says so. */
  group: string | undefined;
}

/** A list of annotated faces. */
export interface AnnotatedFaceList {
  scheme: SchemeName;
  faces: AnnotatedFaceRow[];
}

/**
 * Reads a list of faces that people have annotated: a CSV of the columns `file, x, y, width, height, x1, y1, ..., xN,
 * yN` and, if you like, `group`, in any order, with a face a row. Boxes are measured at pixel edges and points have
 * pixel centres at integers, from 0. A point that is not visible is -1, -1, as in the paper's ALRF, or two empty cells.
 *
 * @param source Names the file in messages.
 * @throws DatasetError when a column is missing, N is not 5, 19 or 68, or a row is malformed, shows no point, or is
 *   there twice.
 */
export function parseAnnotatedFaces(text: string, source: string): AnnotatedFaceList {
  const [header, ...rows] = parseCsv(text, source);
  const columns = header?.fields.map((name) => name.trim()) ?? [];
  const count = columns.filter((name) => /^x\d+$/.test(name)).length;
  const scheme = Object.values(landmarkSchemes).find(({ points }) => points === count)?.points;
  if (!scheme) throw new DatasetError(`${source} has columns for ${count} points (x1, y1, ...): it needs 5, 19 or 68.`);
  const place = (name: string) => {
    const index = columns.indexOf(name);
    if (index < 0) throw new DatasetError(`${source} has no column "${name}".`);
    return index;
  };
  const file = place('file');
  const boxPlaces = ['x', 'y', 'width', 'height'].map(place);
  const pointPlaces = Array.from({ length: scheme }, (_, i) => ({ x: place(`x${i + 1}`), y: place(`y${i + 1}`) }));
  const group = columns.indexOf('group');
  const known = new Set<string>();
  const faces = rows.map(({ line, fields }): AnnotatedFaceRow => {
    const where = `${source}, line ${line}`;
    const [x, y, width, height] = boxPlaces.map((index) => numberIn(fields[index], columns[index]!, where));
    const box = { x: x!, y: y!, width: width!, height: height! };
    if (box.width <= 0 || box.height <= 0) {
      throw new DatasetError(`${where}: the box is ${box.width} x ${box.height}; both must be positive.`);
    }
    const points = markInvisible(
      pointPlaces.map((places) => ({
        x: coordinateIn(fields[places.x], columns[places.x]!, where),
        y: coordinateIn(fields[places.y], columns[places.y]!, where),
      })),
    );
    const half = points.findIndex((point) => Number.isNaN(point.x) !== Number.isNaN(point.y));
    if (half >= 0)
      throw new DatasetError(`${where}: point ${half + 1} has only one coordinate; an invisible one is -1,-1.`);
    if (!points.some(isVisible)) throw new DatasetError(`${where}: no point is visible; leave this face out.`);
    const key = JSON.stringify([fields[file], box]);
    if (known.has(key)) throw new DatasetError(`${where}: the same face of ${fields[file]} is annotated twice.`);
    known.add(key);
    return { line, file: textIn(fields[file], where), box, points, group: fields[group] || undefined };
  });
  if (faces.length === 0) throw new DatasetError(`${source} has no face: it needs a row for each.`);
  return { scheme, faces };
}

function textIn(cell: string | undefined, where: string): string {
  if (!cell?.trim()) throw new DatasetError(`${where}: the file is not named.`);
  return cell.trim();
}

function numberIn(cell: string | undefined, column: string, where: string): number {
  const value = cell?.trim() ? Number(cell) : Number.NaN;
  if (!Number.isFinite(value)) throw new DatasetError(`${where}: ${column} is "${cell ?? ''}", not a number.`);
  return value;
}

/** A coordinate; NaN for an empty cell. A row that ends too early has no cell at all. */
function coordinateIn(cell: string | undefined, column: string, where: string): number {
  return cell?.trim() === '' ? Number.NaN : numberIn(cell, column, where);
}

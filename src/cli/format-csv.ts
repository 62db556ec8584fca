import { formatCsvRows } from '../formats/csv.js';
import type { SchemeName } from '../landmarks/schemes.js';
import type { FileResult } from './file-result.js';

/**
 * Results as CSV, one row per face: `file,face,x,y,width,height,score`, then `x0,y0,s0,x1,y1,s1,...` for the points of the scheme.
 *
 * `face` counts the faces of an image from 1; coordinates are those of {@link formatJson}, 0-based pixels. The first columns are
 * those of a boxes file, so that a result can be one. Images that failed have no row.
 */
export function formatCsv(results: readonly FileResult[], scheme: SchemeName): string {
  const pointColumns = Array.from({ length: scheme }, (_, index) => [`x${index}`, `y${index}`, `s${index}`]);
  const rows = results.flatMap(({ file, faces }) =>
    faces.map(({ box, score, points }, index) => [
      file,
      index + 1,
      ...[box.x, box.y, box.width, box.height, score].map(rounded),
      ...points.flatMap((point) => [point.x, point.y, point.score].map(rounded)),
    ]),
  );
  const header = ['file', 'face', 'x', 'y', 'width', 'height', 'score', ...pointColumns.flat()];
  return formatCsvRows([header, ...rows]);
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

import type { LandmarkDetection } from '../detect/types.js';
import { formatCsvRows } from '../formats/csv.js';
import type { SchemeName } from '../landmarks/schemes.js';

/** What became of one image file. */
export interface FileResult {
  /** The file as it was given or found. */
  file: string;
  /** One detection per box; none where the image failed. */
  faces: LandmarkDetection[];
  /** Why the image failed. `code` is a typed error's, such as `IMAGE_DECODE`. */
  error?: { code: string; message: string };
}

/**
 * Results as JSON: `[{ file, faces: [{ box, scheme, score, points: [{ name, x, y, score }] }], error? }]`. Coordinates
 * are in pixels of the image, centres at integers, rounded to a thousandth like all numbers.
 */
export function formatJson(results: readonly FileResult[]): string {
  const replacer = (_key: string, value: unknown) => (typeof value === 'number' ? rounded(value) : value);
  return `${JSON.stringify(results, replacer, 2)}\n`;
}

/**
 * Results as CSV, one row per face: `file,face,x,y,width,height,score`, then `x0,y0,s0,x1,y1,s1,...` for the points of
 * the scheme. `face` counts the faces of an image from 1; coordinates are those of {@link formatJson}. A result can be
 * used as a boxes file. Images that failed have no row.
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

/** One image's result for people: a line per face, followed by a line per point. Empty for an image that failed. */
export function formatTable({ file, faces }: FileResult): string {
  return faces.map((face, index) => formatFace(file, face, index)).join('\n');
}

function formatFace(file: string, { box, score, points }: LandmarkDetection, index: number): string {
  const place = [box.x, box.y, box.width, box.height].map((value) => Number(value.toFixed(1))).join(' ');
  const longest = Math.max(...points.map(({ name }) => name.length));
  const rows = points.map(({ name, x, y, score: pointScore }) => {
    const numbers = [x.toFixed(2), y.toFixed(2)].map((text) => text.padStart(9)).join('');
    return `  ${name.padEnd(longest)}${numbers}  ${pointScore.toFixed(2).padStart(6)}\n`;
  });
  const columns = `  ${'point'.padEnd(longest)}${'x'.padStart(9)}${'y'.padStart(9)}   score\n`;
  return `${file}, face ${index + 1} in box ${place}: score ${score.toFixed(2)}\n${columns}${rows.join('')}`;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

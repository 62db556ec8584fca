import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { DatasetError } from '../errors.js';
import { parseCsv } from '../formats/csv.js';
import { decodeText } from '../formats/decode-text.js';
import type { Box } from '../geometry/box.js';
import { groupBy } from '../group-by.js';

const BOX_COLUMNS = ['x', 'y', 'width', 'height'] as const;

/**
 * Reads the face boxes of images, by file name: JSON, `{ "a.jpg": [{ "x", "y", "width", "height" }, ...] }`, or CSV
 * with a row per face and at least the columns `file,x,y,width,height`.
 *
 * @throws DatasetError naming the line (CSV) or the image and face (JSON).
 */
export async function readBoxesFile(path: string): Promise<Map<string, Box[]>> {
  const extension = extname(path).toLowerCase();
  if (extension !== '.json' && extension !== '.csv') {
    throw new DatasetError(`The boxes file ${path} must end in .json or .csv.`);
  }
  const bytes = await readFile(path).catch((cause: Error) => {
    throw new DatasetError(`Cannot read the boxes file ${path}: ${cause.message}.`, { cause });
  });
  const text = decodeText(bytes, path);
  return extension === '.json' ? parseBoxesJson(text, path) : parseBoxesCsv(text, path);
}

/** Parses the CSV of {@link readBoxesFile}; columns may have any order, and others among them. */
export function parseBoxesCsv(text: string, source: string): Map<string, Box[]> {
  const [header, ...rows] = parseCsv(text, source);
  const columns = header?.fields.map((name) => name.trim().toLowerCase()) ?? [];
  const missing = ['file', ...BOX_COLUMNS].filter((name) => !columns.includes(name));
  if (missing.length > 0) {
    throw new DatasetError(
      `${source}, line 1: the header lacks ${missing.join(', ')}. It needs file,x,y,width,height.`,
    );
  }
  const faces = rows.map(({ line, fields }) => {
    const field = (name: string) => fields[columns.indexOf(name)]?.trim() ?? '';
    const place = `${source}, line ${line}`;
    if (!field('file')) throw new DatasetError(`${place}: the file name is empty.`);
    const numbers = BOX_COLUMNS.map((name) => (field(name) === '' ? Number.NaN : Number(field(name))));
    const box = checkedBox(numbers, (name) => `${place}: ${name} is ${JSON.stringify(field(name))}`);
    return { file: field('file'), box };
  });
  const byFile = groupBy(faces, ({ file }) => file);
  return new Map(Array.from(byFile, ([file, ofFile]) => [file, ofFile.map(({ box }) => box)]));
}

/** Parses the JSON of {@link readBoxesFile}. */
export function parseBoxesJson(text: string, source: string): Map<string, Box[]> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new DatasetError(`${source} is not JSON: ${(error as Error).message}.`, { cause: error });
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new DatasetError(
      `${source} must be an object of boxes by file name: { "a.jpg": [{ x, y, width, height }] }.`,
    );
  }
  return new Map(
    Object.entries(parsed).map(([file, faces]) => {
      if (!Array.isArray(faces))
        throw new DatasetError(`${source}: ${JSON.stringify(file)} must have an array of boxes.`);
      return [
        file,
        faces.map((face, index) => boxFromJson(face, `${source}: ${JSON.stringify(file)}, face ${index + 1}`)),
      ];
    }),
  );
}

function boxFromJson(value: unknown, place: string): Box {
  if (typeof value !== 'object' || value === null) {
    throw new DatasetError(`${place} is ${shown(value)}: a box is { x, y, width, height }.`);
  }
  const fields = value as Record<string, unknown>;
  const numbers = BOX_COLUMNS.map((name) => (typeof fields[name] === 'number' ? fields[name] : Number.NaN));
  return checkedBox(numbers, (name) => `${place}: ${name} is ${shown(fields[name])}`);
}

/** A value in a message: one that holds others may be too deep to write out. */
function shown(value: unknown): string {
  return typeof value === 'object' && value !== null ? 'an object' : `${JSON.stringify(value)}`;
}

/** @param describe Says where a field stands and what it is, for the message. */
function checkedBox(numbers: readonly number[], describe: (name: string) => string): Box {
  const wrong = BOX_COLUMNS.find((_, index) => !Number.isFinite(numbers[index]));
  if (wrong) throw new DatasetError(`${describe(wrong)}, not a number of pixels.`);
  const [x, y, width, height] = numbers as [number, number, number, number];
  const empty = width <= 0 ? 'width' : height <= 0 ? 'height' : undefined;
  if (empty)
    throw new DatasetError(`${describe(empty)}: it must be positive. Boxes are x, y, width, height, not two corners.`);
  return { x, y, width, height };
}

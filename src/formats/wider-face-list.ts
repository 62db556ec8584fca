import { DatasetError } from '../errors.js';
import type { Box } from '../geometry/box.js';

/** A face of WIDER FACE's annotations. */
export interface WiderFace {
  box: Box;
  /** 0 none, 1 partial, 2 heavy. */
  occlusion: number;
  /** Whether the annotators marked it as invalid. */
  invalid: boolean;
}

/** A picture with its faces. */
export interface WiderPicture {
  /** Path in the folder of images. */
  file: string;
  faces: WiderFace[];
}

/** x, y, width, height, blur, expression, illumination, invalid, occlusion, pose. */
const NUMBERS_A_FACE = 10;
const [INVALID, OCCLUSION] = [7, 8];

/**
 * Reads WIDER FACE's `*_bbx_gt.txt`: a picture's path, the number of its faces, a line of ten numbers for each. A
 * picture without faces has one line of zeros.
 *
 * @param source Names the file in messages.
 * @throws DatasetError naming the first malformed line.
 */
export function parseWiderFaceList(text: string, source: string): WiderPicture[] {
  const lines = text.split(/\r?\n/);
  while (lines.at(-1)?.trim() === '') lines.pop();
  const pictures: WiderPicture[] = [];
  for (let line = 0; line < lines.length; ) {
    const file = lines[line]!.trim();
    const count = lines[line + 1]?.trim() ?? '';
    if (!file || !/^\d+$/.test(count)) {
      throw new DatasetError(`${source}, line ${line + 2}: expected the number of faces of "${file}", got "${count}".`);
    }
    const first = line + 2;
    const end = first + Math.max(1, Number(count));
    const rows = lines.slice(first, end).map((row, index) => parseNumbers(row, `${source}, line ${first + index + 1}`));
    if (rows.length < end - first) throw new DatasetError(`${source} ends within the faces of "${file}".`);
    pictures.push({ file, faces: rows.slice(0, Number(count)).map(toFace) });
    line = end;
  }
  return pictures;
}

function parseNumbers(row: string, place: string): number[] {
  const cells = row.trim().split(/\s+/);
  const numbers = cells.map(Number);
  if (numbers.length !== NUMBERS_A_FACE || !numbers.every(Number.isFinite)) {
    throw new DatasetError(`${place}: expected ${NUMBERS_A_FACE} numbers, got "${row}".`);
  }
  return numbers;
}

function toFace(numbers: number[]): WiderFace {
  const [x, y, width, height] = numbers as [number, number, number, number];
  return { box: { x, y, width, height }, occlusion: numbers[OCCLUSION]!, invalid: numbers[INVALID] === 1 };
}

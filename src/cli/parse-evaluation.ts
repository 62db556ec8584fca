import { InvalidArgumentError } from '../errors.js';
import { FACE_SIZE_RANGES, groupBySize, type SizeRange } from '../metrics/face-sizes.js';
import { EVALUATION_SEED } from '../node/datasets/shrink-face.js';
import type { BoxKind } from '../node/datasets/shrink-faces.js';
import { wholeNumber } from './whole-number.js';

/** Which faces a command evaluates on, as its options say. */
export interface FaceOptions {
  sizes?: string | undefined;
  boxes?: string | undefined;
  seed?: string | undefined;
  limit?: string | undefined;
}

/** {@link FaceOptions}, understood. */
export interface FaceChoice {
  sizes: readonly Readonly<SizeRange>[];
  boxes: BoxKind;
  seed: number;
  limit: number | undefined;
}

/** The options of {@link FaceOptions} but the seed, which other options may share. */
export const faceArguments = {
  sizes: {
    type: 'string',
    valueHint: 'LOW-HIGH,...',
    description:
      'face sizes in pixels to tell apart, and to make photographs small to (default 12-16,16-20,20-26,26-40)',
  },
  boxes: {
    type: 'string',
    valueHint: 'exact|jittered',
    description: "face boxes: the annotation's, or moved and scaled as a poor detector's (default exact)",
  },
  limit: { type: 'string', valueHint: 'N', description: 'photographs or faces at most, spread over the data' },
} as const;

/** @throws InvalidArgumentError naming the option that is wrong. */
export function parseFaceOptions({ sizes, boxes = 'exact', seed, limit }: FaceOptions): FaceChoice {
  if (boxes !== 'exact' && boxes !== 'jittered') {
    throw new InvalidArgumentError(`--boxes takes exact or jittered, not ${JSON.stringify(boxes)}.`);
  }
  return {
    sizes: sizes === undefined ? FACE_SIZE_RANGES : parseSizes(sizes),
    boxes,
    seed: seed === undefined ? EVALUATION_SEED : wholeNumber('seed', seed, 0),
    limit: limit === undefined ? undefined : wholeNumber('limit', limit, 1),
  };
}

function parseSizes(text: string): SizeRange[] {
  const ranges = text.split(',').map((part) => {
    const match = /^\s*(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)\s*$/.exec(part);
    if (!match)
      throw new InvalidArgumentError(`--sizes takes ranges such as 12-16,16-20, not ${JSON.stringify(text)}.`);
    return { low: Number(match[1]), high: Number(match[2]) };
  });
  if (ranges.some(({ low }) => low === 0)) throw new InvalidArgumentError('--sizes must be over 0 pixels.');
  // Finds ranges that are empty or overlap.
  groupBySize([], ranges);
  return ranges;
}

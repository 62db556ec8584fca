import { FACE_SIZE_RANGES, type SizeRange } from '../metrics/face-sizes.js';
import { EVALUATION_SEED } from '../node/datasets/shrink-face.js';
import type { BoxKind } from '../node/datasets/small-face-set.js';

/** Which faces a command evaluates on. */
export interface FaceChoice {
  sizes: readonly Readonly<SizeRange>[];
  boxes: BoxKind;
  seed: number;
  limit: number | undefined;
}

/** A {@link FaceChoice} on the command line, where all of it may be left out. */
export type FaceOptions = { [Key in keyof FaceChoice]?: FaceChoice[Key] | undefined };

/** The published table's faces, but for what is given. */
export function faceChoice({
  sizes = FACE_SIZE_RANGES,
  boxes = 'exact',
  seed = EVALUATION_SEED,
  limit,
}: FaceOptions): FaceChoice {
  return { sizes, boxes, seed, limit };
}

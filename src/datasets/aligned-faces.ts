import type { RgbImage } from '../geometry/rgb-image.js';
import { faceAt } from './face-at.js';

/** A face as an embedding network sees it: a square, its eyes, nose and mouth where the template has them. */
export interface AlignedFace {
  /** Names the face in messages. */
  id: string;
  image: RgbImage;
  /** Whom it shows. */
  identity: string;
}

/** Aligned faces that an `IdentityTrainer` can draw from. Implement it to read faces as they are needed. */
export interface AlignedFaceDataset {
  readonly length: number;
  /** The face at `index` (0 to `length - 1`). */
  face(index: number): Promise<AlignedFace>;
  /** Whom the face at `index` shows, without reading its image. */
  identity(index: number): string;
}

/**
 * A dataset of aligned faces that are in memory, where ten thousand of 32x32 pixels take 31 MB.
 *
 * @example
 * const training = alignedFaces([{ id: '1.jpg', identity: 'Ada', image: alignFace(photograph, points, 32) }]);
 */
export function alignedFaces(faces: readonly AlignedFace[]): AlignedFaceDataset {
  const at = (index: number) => faceAt(faces, index);
  return {
    length: faces.length,
    face: async (index) => at(index),
    identity: (index) => at(index).identity,
  };
}

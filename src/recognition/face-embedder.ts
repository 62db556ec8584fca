import type { RgbImage } from '../geometry/rgb-image.js';

/**
 * Anything that turns aligned faces into vectors whose cosine is high for two faces of one person (section 4.3:
 * LightCNN, or a network trained elsewhere).
 */
export interface FaceEmbedder {
  /** Names it in tables. */
  readonly name: string;
  /** Faces must be squares of so many pixels, aligned to the ArcFace template of that size. */
  readonly inputSize: number;
  /** One vector per face, all of one length, which need not be 1. Takes as many faces as it is given. */
  embed(faces: readonly RgbImage[]): Promise<Float32Array[]>;
  /** Frees what it holds. */
  dispose?(): void;
}

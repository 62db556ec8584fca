import type { RgbImage } from '../geometry/rgb-image.js';

/**
 * Turns aligned faces into vectors with a high cosine for faces of the same person (section 4.3: LightCNN, or any other
 * network).
 */
export interface FaceEmbedder {
  /** Names it in tables. */
  readonly name: string;
  /** Width and height of the faces in pixels; they are aligned to the ArcFace template of that size. */
  readonly inputSize: number;
  /** One vector per face, equally long, of any norm. Accepts any number of faces. */
  embed(faces: readonly RgbImage[]): Promise<Float32Array[]>;
  /** Frees its resources. */
  dispose?(): void;
}

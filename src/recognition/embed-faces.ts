import { mirror } from '../augmentation/augment-pixels.js';
import { InvalidArgumentError, InvalidImageError } from '../errors.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import { fuseEmbeddings } from '../metrics/embeddings.js';
import { assertWholeNumber } from '../metrics/validate.js';
import { giveTurn } from '../turns.js';
import type { FaceEmbedder } from './face-embedder.js';

/** Options of {@link embedFaces}. */
export interface EmbedFacesOptions {
  /**
   * Whether to add the embedding of the face's mirror image (flip fusion), which makes the result independent of the
   * face's direction and takes twice as long. On by default, as is usual for identification by cosine.
   */
  flip?: boolean;
  /** Faces per call of the embedder, mirror images aside: 32 by default. */
  batchSize?: number;
  /** Names a face in errors: `face 7` by default. */
  nameOf?: (index: number) => string;
  /** Called after each batch. */
  onProgress?: (done: number, total: number) => void;
  /** Stops before the next batch: the promise rejects with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * The embeddings of aligned faces, in batches and checked, to be compared by cosine.
 *
 * @param faces Squares of the embedder's input size, aligned to its template.
 * @returns One vector per face, equally long; an empty list for no faces.
 * @throws InvalidImageError naming the first face that is not of the embedder's size; InvalidArgumentError naming the
 *   embedder and the face when it does not return one vector per face, or one of another length, with NaN or infinite
 *   numbers, or of zeros only.
 * @example
 * const [ada, bob] = await embedFaces(embedder, [first, second], { batchSize: 64 });
 */
export async function embedFaces(
  embedder: FaceEmbedder,
  faces: readonly RgbImage[],
  { flip = true, batchSize = 32, nameOf = (index) => `face ${index}`, onProgress, signal }: EmbedFacesOptions = {},
): Promise<Float32Array[]> {
  assertWholeNumber(batchSize, 'batchSize', 32);
  for (const [index, face] of faces.entries()) assertSize(face, embedder, nameOf(index));
  const embeddings: Float32Array[] = [];
  for (let first = 0; first < faces.length; first += batchSize) {
    await giveTurn();
    signal?.throwIfAborted();
    const batch = faces.slice(first, first + batchSize);
    const found = await embedder.embed(flip ? [...batch, ...batch.map(mirror)] : batch);
    const expected = flip ? 2 * batch.length : batch.length;
    if (found.length !== expected) {
      throw new InvalidArgumentError(
        `The embedder ${embedder.name} returned ${found.length} vectors for ${expected} faces.`,
      );
    }
    found.forEach((vector, i) => {
      assertUsable(vector, embeddings[0] ?? found[0]!, embedder, nameOf(first + (i % batch.length)));
    });
    embeddings.push(...batch.map((_, i) => fuseEmbeddings(flip ? [found[i]!, found[i + batch.length]!] : [found[i]!])));
    onProgress?.(embeddings.length, faces.length);
  }
  return embeddings;
}

function assertSize({ width, height, data }: RgbImage, { name, inputSize }: FaceEmbedder, face: string): void {
  if (width === inputSize && height === inputSize && data.length === inputSize * inputSize * 3) return;
  throw new InvalidImageError(
    `The embedder ${name} takes ${inputSize} x ${inputSize} pixels, ${face} has ${width} x ${height} ` +
      `(${data.length} numbers): align it to ${inputSize}.`,
  );
}

function assertUsable(embedding: Float32Array, like: Float32Array, { name }: FaceEmbedder, face: string): void {
  const refuse = (what: string) => {
    throw new InvalidArgumentError(
      `The embedder ${name} returned ${what} for ${face}. Check the face and the weights.`,
    );
  };
  if (embedding.length === 0 || embedding.length !== like.length) {
    refuse(`a vector of ${embedding.length} numbers, where the first has ${like.length}`);
  }
  if (!embedding.every(Number.isFinite)) refuse('NaN or infinite numbers');
  if (embedding.every((value) => value === 0)) refuse('zeros only');
}

import { mirror } from '../augmentation/augment-pixels.js';
import { InvalidArgumentError, InvalidImageError } from '../errors.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import { fuseEmbeddings } from '../metrics/embeddings.js';
import type { FaceEmbedder } from './face-embedder.js';

/** How {@link embedFaces} goes. */
export interface EmbedFacesOptions {
  /**
   * Whether to add to each embedding that of the face's mirror image (flip fusion): on by default, as is usual when
   * faces are identified by cosine; it makes the answer the same whichever way a face looks, and takes twice as long.
   */
  flip?: boolean;
  /** How many faces the embedder is given at once, mirror images aside: 32 by default. */
  batchSize?: number;
  /** Names a face in messages: `face 7` by default. */
  nameOf?: (index: number) => string;
  /** Called after each batch with how many faces are done, and how many there are. */
  onProgress?: (done: number, total: number) => void;
  /** Stops before the next batch: the promise rejects with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * The embeddings of many aligned faces, in batches, checked: what identification compares by cosine.
 *
 * @param faces Squares of the embedder's input size, aligned to its template.
 * @returns One vector per face, all of one length; an empty list for no faces.
 * @throws InvalidImageError naming the first face that is not of the embedder's size.
 * @throws InvalidArgumentError naming the embedder, and the face, when what it returns is not one vector per face of
 * one length, holds NaN or infinite numbers, or nothing but zeros (which no cosine can compare).
 * @example
 * const [ada, bob] = await embedFaces(embedder, [first, second], { onProgress: (done, total) => console.log(done,
 * total) });
 */
export async function embedFaces(
  embedder: FaceEmbedder,
  faces: readonly RgbImage[],
  { flip = true, batchSize = 32, nameOf = (index) => `face ${index}`, onProgress, signal }: EmbedFacesOptions = {},
): Promise<Float32Array[]> {
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new InvalidArgumentError(`batchSize must be a whole number of at least 1, got ${batchSize}.`);
  }
  for (const [index, face] of faces.entries()) assertSize(face, embedder, nameOf(index));
  const embeddings: Float32Array[] = [];
  for (let first = 0; first < faces.length; first += batchSize) {
    signal?.throwIfAborted();
    const batch = faces.slice(first, first + batchSize);
    const found = await embedder.embed(flip ? [...batch, ...batch.map(mirror)] : batch);
    assertCount(found, flip ? 2 * batch.length : batch.length, embedder);
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
    `The embedder ${name} takes ${inputSize} x ${inputSize} pixels, ${face} has ${width} x ${height} (${data.length} numbers): align it to ${inputSize}.`,
  );
}

function assertCount(found: readonly Float32Array[], expected: number, { name }: FaceEmbedder): void {
  if (found.length === expected) return;
  throw new InvalidArgumentError(
    `The embedder ${name} returned ${found.length} vectors for ${expected} faces: it must return one for each.`,
  );
}

function assertUsable(embedding: Float32Array, like: Float32Array, { name }: FaceEmbedder, face: string): void {
  const reason =
    embedding.length === 0 || embedding.length !== like.length
      ? `a vector of ${embedding.length} numbers, where the first has ${like.length}`
      : !embedding.every(Number.isFinite)
        ? 'NaN or infinite numbers'
        : embedding.every((value) => value === 0)
          ? 'zeros only'
          : undefined;
  if (!reason) return;
  throw new InvalidArgumentError(
    `The embedder ${name} returned ${reason} for ${face}. Check the face and the weights.`,
  );
}

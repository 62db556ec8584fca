import { InvalidArgumentError } from '../errors.js';
import { assertSameLength } from './validate.js';

/** A vector of a face, of any length but 0: the angle between two says how alike the faces are. */
export type Embedding = ArrayLike<number>;

/**
 * One vector for several of the same face, of it and its mirror image for example (flip fusion): their sum. They are added as the network
 * gives them and not scaled to length 1 first, as the common evaluations of ArcFace and AdaFace do: a network's vectors tend to be shorter
 * where it is less sure, and then count less. The cosine does not see the length of the sum.
 *
 * @throws InvalidArgumentError without vectors, or when their lengths differ.
 * @example
 * ```ts
 * fuseEmbeddings([await embed(face), await embed(mirrored)]);
 * ```
 */
export function fuseEmbeddings(embeddings: readonly Embedding[]): Float32Array {
  const [first] = embeddings;
  if (!first) throw new InvalidArgumentError('There is nothing to fuse: give at least one vector.');
  const sum = new Float64Array(first.length);
  for (const embedding of embeddings) {
    assertSameLength(first, embedding, 'Numbers of the vectors to fuse');
    for (let i = 0; i < sum.length; i++) sum[i]! += embedding[i]!;
  }
  return Float32Array.from(sum);
}

/**
 * Writes a vector scaled to length 1 into a row of a matrix.
 *
 * @param name Names the vector in errors.
 * @throws InvalidArgumentError when it has not as many numbers as a row, one is not finite, or all are 0.
 */
export function writeUnitVector(embedding: Embedding, matrix: Float64Array, row: number, size: number, name: string) {
  if (embedding.length !== size) {
    throw new InvalidArgumentError(
      `${name} has ${embedding.length} numbers, probe 0 has ${size}: embed all faces with one network.`,
    );
  }
  let largest = 0;
  for (let i = 0; i < size; i++) {
    const value = Math.abs(embedding[i]!);
    if (!Number.isFinite(value)) throw new InvalidArgumentError(`Number ${i} of ${name} is ${embedding[i]}.`);
    largest = Math.max(largest, value);
  }
  if (largest === 0) throw new InvalidArgumentError(`${name} is zero: it has no direction to compare.`);
  // Dividing by the largest first keeps the squares from overflowing and vanishing.
  let squares = 0;
  for (let i = 0; i < size; i++) squares += (embedding[i]! / largest) ** 2;
  const length = Math.sqrt(squares);
  for (let i = 0; i < size; i++) matrix[row * size + i] = embedding[i]! / largest / length;
}

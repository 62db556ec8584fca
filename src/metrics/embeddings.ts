import { InvalidArgumentError } from '../errors.js';
import { assertSameLength } from './validate.js';

/** A vector of a face, of any length but 0: the smaller the angle between two, the more alike the faces. */
export type Embedding = ArrayLike<number>;

/**
 * One vector for several of the same face, such as it and its mirror image (flip fusion): their sum. They are not
 * scaled to length 1 first, as in the usual evaluations of ArcFace and AdaFace: a network's vectors tend to be shorter
 * where it is less sure, and then count less.
 *
 * @throws InvalidArgumentError without vectors, or when their lengths differ.
 * @example
 * fuseEmbeddings([await embed(face), await embed(mirrored)]);
 */
export function fuseEmbeddings(embeddings: readonly Embedding[]): Float32Array {
  const [first] = embeddings;
  if (!first) throw new InvalidArgumentError('No vectors to fuse: give at least one.');
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
 * @throws InvalidArgumentError when its length is not `size`, a number is not finite, or all are 0.
 */
export function writeUnitVector(embedding: Embedding, matrix: Float64Array, row: number, size: number, name: string) {
  if (embedding.length !== size) {
    throw new InvalidArgumentError(`${name} has ${embedding.length} numbers, probe 0 has ${size}: use one network.`);
  }
  let largest = 0;
  for (let i = 0; i < size; i++) {
    const value = Math.abs(embedding[i]!);
    if (!Number.isFinite(value)) throw new InvalidArgumentError(`Number ${i} of ${name} is ${embedding[i]}.`);
    largest = Math.max(largest, value);
  }
  if (largest === 0) throw new InvalidArgumentError(`${name} is zero: it has no direction to compare.`);
  // Divided by the largest, squares neither overflow nor vanish.
  let squares = 0;
  for (let i = 0; i < size; i++) squares += (embedding[i]! / largest) ** 2;
  const length = Math.sqrt(squares);
  for (let i = 0; i < size; i++) matrix[row * size + i] = embedding[i]! / largest / length;
}

import { InvalidArgumentError } from '../errors.js';
import type { Embedding } from './embeddings.js';
import { rankMates } from './rank-mates.js';

/**
 * Top-1 among held-out faces: the share of those that have a mate (another face of the same person) whose nearest other face, by cosine, is one. Unlike
 * a classifier's accuracy it can be measured on people whom the network has never seen; unlike a test's it needs no gallery. As in {@link identify}, a
 * face of someone else that is as near as the nearest mate goes before it.
 *
 * @param embeddings One vector per face, of any length but 0.
 * @param identities Whom each face shows.
 * @returns 0..1; NaN where no face has a mate.
 * @throws InvalidArgumentError when there are not as many identities as embeddings, or a vector is empty, zero, not finite, or not as long as the others.
 * @example
 * nearestMateRate([[1, 0], [0.9, 0.1], [0, 1]], ['Ada', 'Ada', 'Bob']); // 1: Bob has no mate and does not count
 */
export function nearestMateRate(embeddings: readonly Embedding[], identities: readonly string[]): number {
  if (embeddings.length !== identities.length) {
    throw new InvalidArgumentError(
      `There are ${embeddings.length} embeddings of ${identities.length} identities: give one for each.`,
    );
  }
  if (embeddings.length === 0) return Number.NaN;
  const people = new Map([...new Set(identities)].map((identity, code) => [identity, code]));
  const faces = { name: 'Face', embeddings, codes: Int32Array.from(identities, (identity) => people.get(identity)!) };
  // Each face finds itself as well, and first: its nearest other mate is the second.
  const withMate = rankMates(faces, faces).filter((ranks) => ranks.length > 1);
  return withMate.filter(([, second]) => second === 2).length / withMate.length;
}

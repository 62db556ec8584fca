import type { Embedding } from './embeddings.js';
import { rankMates } from './rank-mates.js';
import { assertSameLength } from './validate.js';

/**
 * Top-1 among held-out faces: of the faces that have a mate (another face of the same person), the share whose nearest
 * other face, by cosine, is one. It needs neither people of the training set, as a classifier's accuracy does, nor a
 * gallery. As in {@link identify}, someone else's face exactly as near as the nearest mate goes first.
 *
 * @param embeddings One vector per face, of any length but 0.
 * @param identities The person of each face.
 * @returns 0..1; NaN when no face has a mate.
 * @throws InvalidArgumentError when the numbers differ, or a vector is empty, zero, not finite, or of another length
 *   than the others.
 * @example
 * nearestMateRate([[1, 0], [0.9, 0.1], [0, 1]], ['Ada', 'Ada', 'Bob']); // 1: Bob has no mate and does not count
 */
export function nearestMateRate(embeddings: readonly Embedding[], identities: readonly string[]): number {
  assertSameLength(embeddings, identities, 'Embeddings and identities');
  if (embeddings.length === 0) return Number.NaN;
  const people = new Map([...new Set(identities)].map((identity, code) => [identity, code]));
  const faces = { name: 'Face', embeddings, codes: Int32Array.from(identities, (identity) => people.get(identity)!) };
  // Each face finds itself first: its nearest mate is the second.
  const withMate = rankMates(faces, faces).filter((ranks) => ranks.length > 1);
  return withMate.filter(([, second]) => second === 2).length / withMate.length;
}

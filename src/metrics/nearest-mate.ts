import { InvalidArgumentError } from '../errors.js';

/**
 * Top-1 among held-out faces: the share of those that have a mate (another face of the same person) whose nearest other face, by cosine, is one. Unlike
 * a classifier's accuracy it can be measured on people whom the network has never seen; unlike a test's it needs no gallery.
 *
 * @param embeddings One vector per face, of any length but 0.
 * @param identities Whom each face shows.
 * @returns 0..1; NaN where no face has a mate.
 * @throws InvalidArgumentError when there are not as many identities as embeddings.
 * @example
 * nearestMateRate([[1, 0], [0.9, 0.1], [0, 1]], ['Ada', 'Ada', 'Bob']); // 1: Bob has no mate and does not count
 */
export function nearestMateRate(embeddings: readonly ArrayLike<number>[], identities: readonly string[]): number {
  if (embeddings.length !== identities.length) {
    throw new InvalidArgumentError(
      `There are ${embeddings.length} embeddings of ${identities.length} identities: give one for each.`,
    );
  }
  const units = embeddings.map(toUnit);
  const counts = new Map<string, number>();
  for (const identity of identities) counts.set(identity, (counts.get(identity) ?? 0) + 1);
  const withMate = identities.flatMap((identity, face) => (counts.get(identity)! > 1 ? [face] : []));
  const right = withMate.filter((face) => identities[nearestOther(units, face)] === identities[face]);
  return right.length / withMate.length;
}

function toUnit(vector: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(vector);
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

function nearestOther(units: readonly Float64Array[], face: number): number {
  const own = units[face]!;
  let [nearest, largest] = [-1, Number.NEGATIVE_INFINITY];
  units.forEach((other, index) => {
    if (index === face) return;
    let cosine = 0;
    for (let i = 0; i < own.length; i++) cosine += own[i]! * other[i]!;
    if (cosine > largest) [nearest, largest] = [index, cosine];
  });
  return nearest;
}

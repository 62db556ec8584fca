import { Random } from '../random.js';

/**
 * Whether a group, such as a person, belongs to the held-out part of a split. It depends on the group's name and the seed alone, so that a
 * group stays where it is whatever else the dataset holds.
 *
 * @param share About which share of all groups to hold out, for example 0.05.
 */
export function isHeldOut(group: string, share: number, seed: number): boolean {
  const characters = Array.from(group, (character) => character.codePointAt(0)!);
  return new Random(seed, ...characters).bernoulli(share);
}

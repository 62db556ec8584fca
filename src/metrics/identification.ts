import { InvalidArgumentError } from '../errors.js';
import { mean } from '../geometry/sums.js';
import { averagePrecision } from './average-precision.js';
import type { Embedding } from './embeddings.js';
import { rankMates } from './rank-mates.js';

/** A face of a known person. */
export interface IdentifiedFace {
  embedding: Embedding;
  identity: string;
}

/** How well probes find their mates, other faces of the same person. Lists have one entry per probe, in order. */
export interface Identification {
  /** Percentage of probes with a mate at rank 1: Table 2's top-1. */
  top1: number;
  /** Within the first 5. */
  top5: number;
  /** Within the first 10. */
  top10: number;
  /** Within the first 20. */
  top20: number;
  /** Mean of `averagePrecisions`, a share (0-1) as in Tables 2 and 3. */
  map: number;
  /** Rank of the first mate, from 1: for intervals and comparisons, with {@link hitsWithin}. */
  ranks: number[];
  /** Average precision of each probe, as TinyFace's evaluation code computes it. */
  averagePrecisions: number[];
  /** Ranks of all mates, from 1, rising. */
  mateRanks: number[][];
}

/**
 * Closed-set identification (1:N, section 4.3 and the TinyFace protocol): every probe ranks the whole gallery by
 * falling cosine, and is right within `k` when a mate is among the first `k`.
 *
 * Someone else's face with exactly a mate's cosine goes before it, so the result does not depend on the gallery's
 * order, and equal vectors find nobody. TinyFace's own code sorts by Euclidean distance: the same order for vectors of
 * length 1.
 *
 * Takes about half a second per 10^9 products (probes x faces x numbers of a vector) on one core, and no more memory
 * than the vectors.
 *
 * @param gallery Enrolled faces, at least one of each probe's person.
 * @param distractors Vectors of further gallery faces, of people in no probe; none by default, as in the paper.
 * @throws InvalidArgumentError when there are no probes or no gallery, a probe has no mate, or a vector is empty, zero,
 *   not finite, or of another length than the others.
 * @example
 * const { top1, map, ranks } = identify(probes, gallery);
 * const top3 = mean(hitsWithin(ranks, 3)); // a share of the probes
 */
export function identify(
  probes: readonly IdentifiedFace[],
  gallery: readonly IdentifiedFace[],
  distractors: readonly Embedding[] = [],
): Identification {
  if (probes.length === 0) throw new InvalidArgumentError('Identification needs at least one probe; got none.');
  if (gallery.length === 0) throw new InvalidArgumentError('Identification needs a gallery; got none.');
  if (probes[0]!.embedding.length === 0) throw new InvalidArgumentError('Probe 0 has an empty vector.');
  const codes = new Map<string, number>();
  for (const { identity } of gallery) if (!codes.has(identity)) codes.set(identity, codes.size);
  const lost = probes.findIndex(({ identity }) => !codes.has(identity));
  if (lost !== -1) {
    throw new InvalidArgumentError(
      `Probe ${lost} shows ${probes[lost]!.identity}, who is not in the gallery: enrol a face, or leave the probe out.`,
    );
  }
  const coded = (name: string, faces: readonly IdentifiedFace[]) => ({
    name,
    embeddings: faces.map(({ embedding }) => embedding),
    codes: Int32Array.from(faces, ({ identity }) => codes.get(identity)!),
  });
  const strangers = { name: 'Distractor', embeddings: distractors, codes: new Int32Array(distractors.length).fill(-1) };
  const mateRanks = rankMates(coded('Probe', probes), coded('Gallery face', gallery), strangers);
  const ranks = mateRanks.map(([first]) => first!);
  const averagePrecisions = mateRanks.map(averagePrecision);
  const top = (rank: number) => 100 * mean(hitsWithin(ranks, rank));
  return {
    ...{ top1: top(1), top5: top(5), top10: top(10), top20: top(20), map: mean(averagePrecisions) },
    ...{ ranks, averagePrecisions, mateRanks },
  };
}

/**
 * 1 for each probe whose first mate is at rank `k` or better, 0 for the others: their mean is the top-k rate as a
 * share. For {@link bootstrapInterval} and {@link comparePaired}.
 *
 * @param ranks Of {@link Identification}.
 */
export function hitsWithin(ranks: readonly number[], k: number): number[] {
  return ranks.map((rank) => Number(rank <= k));
}

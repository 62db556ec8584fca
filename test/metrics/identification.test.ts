import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { averagePrecision } from '../../src/metrics/average-precision.js';
import { fuseEmbeddings } from '../../src/metrics/embeddings.js';
import { hitsWithin, type IdentifiedFace, identify } from '../../src/metrics/identification.js';
import { Random } from '../../src/random.js';
import fixture from './numpy/evaluation.json' with { type: 'json' };

const reference = fixture.identification;
const face = (identity: string, ...embedding: number[]): IdentifiedFace => ({ identity, embedding });
const pair = (embeddings: number[][], identities: string[]) =>
  embeddings.map((embedding, i) => ({ embedding, identity: identities[i]! }));
const probes = pair(reference.probes, reference.probeIdentities);
const gallery = pair(reference.gallery, reference.galleryIdentities);

/** Faces of some people, without structure: nothing about the order or the labels may matter. */
function chance(seed: number, count: number, people: number, size: number): IdentifiedFace[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, i) => ({
    identity: `${i % people}`,
    embedding: Array.from({ length: size }, () => random.normal()),
  }));
}

describe('identify', () => {
  it.each([
    ['alone', reference.alone, [] as number[][]],
    ['with distractors', reference.withDistractors, reference.distractors],
  ])('finds what numpy finds in the whole matrix, the gallery %s', (_, expected, distractors) => {
    const { top1, top5, top10, top20, map, ranks, averagePrecisions, mateRanks } = identify(
      probes,
      gallery,
      distractors,
    );
    expect(mateRanks).toEqual(expected.mateRanks);
    expect(ranks).toEqual(expected.mateRanks.map(([first]) => first));
    for (const [i, value] of averagePrecisions.entries()) expect(value).toBeCloseTo(expected.averagePrecisions[i]!, 11);
    expect(map).toBeCloseTo(expected.map, 11);
    for (const [i, top] of [top1, top5, top10, top20].entries()) expect(top).toBeCloseTo(expected.top[i]!, 10);
  });

  it('agrees with an example worked by hand', () => {
    // Angles from the probe at 0 degrees: A 10, B 20, A 30, C 40.
    const at = (identity: string, degrees: number) =>
      face(identity, Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180));
    const enrolled = [at('A', 30), at('C', 40), at('B', 20), at('A', 10)];
    const result = identify([at('A', 0), at('B', 0), at('C', 0)], enrolled);
    expect(result.mateRanks).toEqual([[1, 3], [2], [4]]);
    expect(result.top1).toBeCloseTo(100 / 3, 12);
    expect(result.top5).toBe(100);
    expect(result.averagePrecisions[0]).toBeCloseTo((1 + (1 / 2 + 2 / 3) / 2) / 2, 12);
    expect(result.averagePrecisions.slice(1)).toEqual([1 / 4, 1 / 8]);
  });

  it('compares angles: neither the length of a vector nor the order of faces matters', () => {
    const scales = fc.array(fc.double({ min: 1e-30, max: 1e30, noNaN: true }), { minLength: 55, maxLength: 55 });
    fc.assert(
      fc.property(scales, fc.integer(), (lengths, seed) => {
        const scaled = (faces: IdentifiedFace[], from: number) =>
          faces.map(({ identity, embedding }, i) =>
            face(identity, ...Array.from(embedding, (v) => v * lengths[from + i]!)),
          );
        const shuffled = new Random(seed).shuffle(scaled(gallery, 25));
        expect(identify(scaled(probes, 0), shuffled).mateRanks).toEqual(reference.alone.mateRanks);
      }),
      { numRuns: 30 },
    );
  });

  it('ranks a stranger of equal cosine before a mate, so that equal vectors find nobody', () => {
    const same = Array.from({ length: 7 }, (_, i) => face(`${i}`, 0.3, -0.2, 0.7));
    expect(identify(same, same).ranks).toEqual(Array(7).fill(7));
    expect(identify([face('a', 1, 2, 3)], [face('a', 1, 2, 3), face('b', 2, 4, 6), face('b', 9, 0, 0)]).ranks).toEqual([
      2,
    ]);
    expect(identify([face('a', 1, 2, 3)], [face('a', 3, 2, 1)], [[3, 2, 1]]).ranks).toEqual([2]);
    // Of two mates the copy is of the nearer.
    const both = [face('a', 1, 2, 3), face('a', 3, 2, 1), face('b', 1, 2, 3)];
    expect(identify([face('a', 1, 2, 3)], both).mateRanks).toEqual([[2, 3]]);
  });

  it('gives equal vectors equal cosines to the last bit, anywhere in a large gallery', () => {
    const [probe, mate] = chance(4, 2, 1, 33) as [IdentifiedFace, IdentifiedFace];
    for (const before of [0, 1, 2, 3, 63, 64, 70]) {
      const others = Array.from({ length: before }, (_, i) => ({ ...mate, identity: `copy ${i}` }));
      expect(identify([probe], [...others, mate]).ranks).toEqual([before + 1]);
    }
  });

  it('ranks like a plain sort, at sizes around its block sizes', () => {
    for (const [count, enrolled, strangers, size] of [
      [1, 1, 0, 1],
      [3, 63, 2, 5],
      [4, 64, 64, 8],
      [7, 129, 65, 3],
    ] as const) {
      const [asked, known] = [chance(1, count, 5, size), chance(2, enrolled, 5, size)];
      const wanted = asked.filter(({ identity }) => known.some((other) => other.identity === identity));
      const distractors = chance(3, strangers, 5, size).map(({ embedding }) => embedding);
      const norm = (v: ArrayLike<number>) => Math.hypot(...Array.from(v));
      const cosine = (a: ArrayLike<number>, b: ArrayLike<number>) =>
        Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0) / norm(a) / norm(b);
      const expected = wanted.map(({ identity, embedding }) =>
        [...known, ...distractors.map((vector) => ({ identity: '', embedding: vector }))]
          .map((other) => ({ mate: other.identity === identity, cosine: cosine(embedding, other.embedding) }))
          .sort((a, b) => b.cosine - a.cosine || Number(a.mate) - Number(b.mate))
          .flatMap(({ mate }, rank) => (mate ? [rank + 1] : [])),
      );
      expect(identify(wanted, known, distractors).mateRanks).toEqual(expected);
    }
  });

  it('never improves with distractors, and has rates that rise with the rank', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 40 }), (seed, strangers) => {
        const [asked, known] = [chance(seed, 10, 4, 6), chance(seed + 1, 30, 4, 6)];
        const distractors = chance(seed + 2, strangers, 1, 6).map(({ embedding }) => embedding);
        const [alone, among] = [identify(asked, known), identify(asked, known, distractors)];
        for (const result of [alone, among]) {
          const rates = [0, result.top1, result.top5, result.top10, result.top20, 100];
          expect([...rates].sort((a, b) => a - b)).toEqual(rates);
          expect(result.map).toBeGreaterThan(0);
          expect(result.map).toBeLessThanOrEqual(1);
        }
        expect(among.map).toBeLessThanOrEqual(alone.map + 1e-12);
        among.ranks.forEach((rank, i) => {
          expect(rank).toBeGreaterThanOrEqual(alone.ranks[i]!);
        });
      }),
      { numRuns: 30 },
    );
  });

  it('names the probe, face or distractor that cannot be ranked', () => {
    const [a, b] = [face('a', 1, 0), face('b', 0, 1)];
    expect(() => identify([], [a])).toThrow(InvalidArgumentError);
    expect(() => identify([a], [])).toThrow(/needs a gallery; got none/);
    expect(() => identify([a, b], [a])).toThrow('Probe 1 shows b, who is not in the gallery');
    expect(() => identify([a, face('a', 1)], [a])).toThrow('Probe 1 has 1 numbers, probe 0 has 2');
    expect(() => identify([a], [a, face('b', 1, 2, 3)])).toThrow('Gallery face 1 has 3 numbers');
    expect(() => identify([a], [a], [[1]])).toThrow('Distractor 0 has 1 numbers');
    expect(() => identify([face('a', 0, 0)], [a])).toThrow('Probe 0 is zero');
    expect(() => identify([a], [face('a', 1, Number.NaN)])).toThrow('Number 1 of Gallery face 0 is NaN');
    expect(() => identify([a], [a], [[1, Number.POSITIVE_INFINITY]])).toThrow('Number 1 of Distractor 0 is Infinity');
    expect(() => identify([face('a')], [face('a')])).toThrow(/empty vector/);
  });
});

describe('averagePrecision', () => {
  it('is the area of trapezoids under precision and recall', () => {
    expect(averagePrecision([1])).toBe(1);
    expect(averagePrecision([1, 2, 3])).toBe(1);
    expect(averagePrecision([2])).toBe(0.25);
    // Precision 1/2 at 2, from 0 at 1; 2/5 at 5, from 1/4 at 4.
    expect(averagePrecision([2, 5])).toBeCloseTo((0.25 + (1 / 4 + 2 / 5) / 2) / 2, 12);
  });

  it("is at most the textbook's, and falls when a mate's rank falls", () => {
    const ranks = fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 1 });
    fc.assert(
      fc.property(ranks, (drawn) => {
        const sorted = [...drawn].sort((a, b) => a - b);
        const textbook = sorted.reduce((sum, rank, found) => sum + (found + 1) / rank, 0) / sorted.length;
        expect(averagePrecision(sorted)).toBeLessThanOrEqual(textbook + 1e-12);
        expect(averagePrecision(sorted)).toBeGreaterThan(0);
        const worse = [...sorted.slice(0, -1), sorted.at(-1)! + 1];
        expect(averagePrecision(worse)).toBeLessThanOrEqual(averagePrecision(sorted));
      }),
    );
  });

  it('refuses an empty list and ranks that do not rise', () => {
    for (const ranks of [[], [0], [2, 2], [3, 1], [1.5]]) {
      expect(() => averagePrecision(ranks)).toThrow(InvalidArgumentError);
    }
  });
});

describe('hitsWithin', () => {
  it('is 1 for probes whose first mate is within the rank, 0 for others', () => {
    expect(hitsWithin([1, 5, 6, 2], 5)).toEqual([1, 1, 0, 1]);
  });
});

describe('fuseEmbeddings', () => {
  it('adds vectors as they are, so that a long one weighs more', () => {
    expect(fuseEmbeddings([[1, 2], Float32Array.of(3, -4)])).toEqual(Float32Array.of(4, -2));
    const single = [0.5, 0.25];
    expect(fuseEmbeddings([single])).toEqual(Float32Array.from(single));
  });

  it('does not depend on the order of vectors', () => {
    const vectors = chance(1, 4, 1, 20).map(({ embedding }) => Float32Array.from(embedding));
    expect(fuseEmbeddings([...vectors].reverse())).toEqual(fuseEmbeddings(vectors));
  });

  it('refuses an empty list, and vectors of different lengths', () => {
    expect(() => fuseEmbeddings([])).toThrow(InvalidArgumentError);
    expect(() => fuseEmbeddings([[1, 2], [1]])).toThrow('got 2 and 1');
  });
});

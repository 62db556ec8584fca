import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { comparePaired } from '../../src/metrics/paired-comparison.js';
import { Random } from '../../src/random.js';
import fixture from './numpy/evaluation.json' with { type: 'json' };

const { few, many, hits, grouped } = fixture.comparisons;
const infinity = Number.POSITIVE_INFINITY;
const random = () => new Random(1);

describe('comparePaired', () => {
  it('returns the mean difference, wins, losses and ties', () => {
    const result = comparePaired([0.1, 0.2, 0.3, 0.4], [0.2, 0.2, 0.1, 0.8], { random: random() });
    expect(result.difference).toBeCloseTo(-0.075, 12);
    expect(result).toMatchObject({ wins: 2, losses: 1, ties: 1, failed: { first: 0, second: 0 } });
    expect(result.low).toBeLessThan(result.difference);
    expect(result.high).toBeGreaterThan(result.difference);
  });

  it("has SciPy's p-value: exact when all flips are tried, close otherwise", () => {
    expect(comparePaired(few.first, few.second, { random: random() }).pValue).toBeCloseTo(few.pValue, 12);
    const options = { random: random(), permutations: 50_000, resamples: 10 };
    expect(Math.abs(comparePaired(many.first, many.second, options).pValue - many.pValue)).toBeLessThan(0.005);
  });

  it("is McNemar's exact test for hits of 0 and 1", () => {
    const options = { random: random(), higherIsBetter: true, permutations: 50_000, resamples: 10 };
    const result = comparePaired(hits.first, hits.second, options);
    expect(result).toMatchObject({ wins: hits.wins, losses: hits.losses, ties: 60 - hits.wins - hits.losses });
    expect(result.difference).toBeCloseTo((hits.wins - hits.losses) / 60, 12);
    expect(Math.abs(result.pValue - hits.pValue)).toBeLessThan(0.01);
    // Seven wins of eight: two tails of 9 in 256.
    const seven = comparePaired([1, 1, 1, 1, 1, 1, 1, 0, 1], [0, 0, 0, 0, 0, 0, 0, 1, 1], { random: random() });
    expect(seven.pValue).toBe(18 / 256);
  });

  it("flips groups whole, as SciPy does with the groups' sums", () => {
    const options = { random: random(), groups: grouped.groups };
    expect(comparePaired(grouped.first, grouped.second, options).pValue).toBeCloseTo(grouped.pValue, 12);
  });

  it('is less certain of differences among grouped faces', () => {
    const people = Array.from({ length: 40 }, (_, i) => i >> 2);
    const chance = new Random(9);
    const effects = Array.from({ length: 10 }, () => chance.normal(0.3, 1));
    const first = people.map((person) => effects[person]!);
    const second = people.map(() => 0);
    const alone = comparePaired(first, second, { random: random() });
    const together = comparePaired(first, second, { random: random(), groups: people });
    expect(together.difference).toBeCloseTo(alone.difference, 12);
    expect(together.pValue).toBeGreaterThan(alone.pValue);
    expect(together.high - together.low).toBeGreaterThan(1.5 * (alone.high - alone.low));
  });

  it('counts a failure as an error of a whole face, or the worst one if larger: it loses', () => {
    const result = comparePaired([infinity, 0.1, infinity], [0.2, 0.1, infinity], { random: random() });
    expect(result).toMatchObject({ wins: 0, losses: 1, ties: 2, failed: { first: 2, second: 1 } });
    expect(result.difference).toBeCloseTo(0.8 / 3, 12);
    expect(comparePaired([infinity, 0], [3, 5], { random: random() }).difference).toBe((2 - 5) / 2);
    const options = { random: random(), failureCounts: 10 };
    expect(comparePaired([infinity, 0], [3, 5], options).difference).toBe((7 - 5) / 2);
  });

  it('reverses when the models are swapped', () => {
    const values = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(infinity));
    const pairs = fc.array(fc.tuple(values, values), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(pairs, (faces) => {
        const [first, second] = [faces.map(([value]) => value), faces.map(([, value]) => value)];
        const one = comparePaired(first, second, { random: random(), resamples: 50 });
        const other = comparePaired(second, first, { random: random(), resamples: 50 });
        expect(other.difference).toBeCloseTo(-one.difference, 12);
        if (faces.length > 1) expect(other.low).toBeCloseTo(-one.high, 12);
        expect([other.wins, other.losses, other.ties]).toEqual([one.losses, one.wins, one.ties]);
        expect(other.pValue).toBe(one.pValue);
        expect(one.pValue).toBeGreaterThan(0);
        expect(one.pValue).toBeLessThanOrEqual(1);
        expect(one.wins + one.losses + one.ties).toBe(faces.length);
        const flipped = comparePaired(first, second, { random: random(), resamples: 50, higherIsBetter: true });
        expect([flipped.wins, flipped.losses]).toEqual([one.losses, one.wins]);
      }),
      { numRuns: 40 },
    );
  });

  it('has p = 1 for equal models, and low p-values for chance differences no more often than it should', () => {
    expect(comparePaired([1, 2], [1, 2], { random: random() })).toMatchObject({ pValue: 1, low: 0, high: 0, ties: 2 });
    let found = 0;
    for (let trial = 0; trial < 400; trial++) {
      const chance = new Random(5, trial);
      const draw = () => Array.from({ length: 20 }, () => chance.normal());
      const options = { random: chance, permutations: 199, resamples: 1 };
      found += Number(comparePaired(draw(), draw(), options).pValue <= 0.05);
    }
    expect(found / 400).toBeGreaterThan(0.02);
    expect(found / 400).toBeLessThan(0.085);
  });

  it('refuses empty lists, different lengths, NaN, and options out of range', () => {
    const compare = (first: number[], second: number[], options = {}) =>
      comparePaired(first, second, { random: random(), ...options });
    expect(() => compare([], [])).toThrow(InvalidArgumentError);
    expect(() => compare([1], [1, 2])).toThrow('got 1 and 2');
    expect(() => compare([1, 2], [1, Number.NaN])).toThrow('Value 1 of the second model is NaN');
    expect(() => compare([-infinity], [1])).toThrow('Value 0 of the first model is -Infinity');
    expect(() => compare([1], [1], { failureCounts: infinity })).toThrow(/finite/);
    expect(() => compare([1], [1], { permutations: 0 })).toThrow('Permutations 0');
    expect(() => compare([1, 2], [1, 2], { groups: ['a'] })).toThrow('got 2 and 1');
  });
});

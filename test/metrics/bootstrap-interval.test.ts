import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { bootstrapInterval } from '../../src/metrics/bootstrap-interval.js';
import { areaUnderCurve } from '../../src/metrics/error-statistics.js';
import { quantile } from '../../src/metrics/quantile.js';
import { Random } from '../../src/random.js';
import { ScriptedIntegers } from '../support/scripted-random.js';
import fixture from './numpy/evaluation.json' with { type: 'json' };

const { values, draws, groups, groupDraws, mean: numpyMean, median90, groupedMean } = fixture.bootstrap;
const mean = (sample: readonly number[]) => sample.reduce((sum, value) => sum + value, 0) / sample.length;
const median = (sample: readonly number[]) =>
  quantile(
    [...sample].sort((a, b) => a - b),
    0.5,
  );

function expectInterval({ low, high }: { low: number; high: number }, expected: readonly number[]) {
  expect(low).toBeCloseTo(expected[0]!, 9);
  expect(high).toBeCloseTo(expected[1]!, 9);
}

/** Of how many samples the interval holds the true mean, 0. */
function coverage(trials: number, sample: (random: Random) => { values: number[]; groups?: number[] }, grouped = true) {
  let held = 0;
  for (let trial = 0; trial < trials; trial++) {
    const random = new Random(3, trial);
    const drawn = sample(random);
    const options = { random, resamples: 300, ...(grouped && drawn.groups ? { groups: drawn.groups } : {}) };
    const { low, high } = bootstrapInterval(drawn.values, mean, options);
    held += Number(low <= 0 && high >= 0);
  }
  return held / trials;
}

describe('bootstrapInterval', () => {
  it("is numpy's percentiles of the same draws", () => {
    const interval = bootstrapInterval(values, mean, { random: new ScriptedIntegers(draws.flat()), resamples: 400 });
    expectInterval(interval, numpyMean);
    expect(interval.estimate).toBeCloseTo(mean(values), 12);
    const options = { random: new ScriptedIntegers(draws.flat()), resamples: 400, confidence: 0.9 };
    expectInterval(bootstrapInterval(values, median, options), median90);
  });

  it('draws groups whole, as numpy does with the same draws', () => {
    const random = new ScriptedIntegers(groupDraws.flat());
    expectInterval(bootstrapInterval(values, mean, { random, resamples: 400, groups }), groupedMean);
  });

  it('contains the mean of a known distribution about as often as its confidence says', () => {
    const normal = (random: Random) => ({ values: Array.from({ length: 40 }, () => random.normal(0, 2)) });
    const share = coverage(400, normal);
    expect(share).toBeGreaterThan(0.9);
    expect(share).toBeLessThan(0.98);
  });

  it('contains the mean of dependent values that often only when their groups are given', () => {
    const clustered = (random: Random) => {
      const clusters = Array.from({ length: 25 }, () => random.normal());
      const members = Array.from({ length: 100 }, (_, i) => Math.floor(i / 4));
      return { values: members.map((group) => clusters[group]! + random.normal(0, 0.3)), groups: members };
    };
    expect(coverage(300, clustered)).toBeGreaterThan(0.88);
    expect(coverage(300, clustered, false)).toBeLessThan(0.75);
  });

  it('contains its estimate, and narrows with lower confidence', () => {
    const lists = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(lists, fc.integer(), (errors, seed) => {
        const auc = (sample: readonly number[]) => areaUnderCurve(sample, 0.1);
        const at = (confidence: number) =>
          bootstrapInterval(errors, auc, { random: new Random(seed), resamples: 200, confidence });
        const [wide, narrow] = [at(0.95), at(0.5)];
        expect(wide.low).toBeLessThanOrEqual(wide.estimate + 1e-9);
        expect(wide.high).toBeGreaterThanOrEqual(wide.estimate - 1e-9);
        expect(narrow.low).toBeGreaterThanOrEqual(wide.low);
        expect(narrow.high).toBeLessThanOrEqual(wide.high);
      }),
    );
  });

  it('is reproducible by its seed, and accepts values that are not numbers', () => {
    const pairs = values.map((value, i) => ({ value, i }));
    const interval = (seed: number) =>
      bootstrapInterval(pairs, (sample) => mean(sample.map(({ value }) => value)), { random: new Random(seed) });
    expect(interval(1)).toEqual(interval(1));
    expect(interval(1)).not.toEqual(interval(2));
  });

  it('is NaN to NaN for a single value or group', () => {
    const random = new Random(1);
    expect(bootstrapInterval([3], mean, { random })).toEqual({ estimate: 3, low: Number.NaN, high: Number.NaN });
    expect(bootstrapInterval([3, 5], mean, { random, groups: ['a', 'a'] })).toMatchObject({ low: Number.NaN });
  });

  it('has an infinite end when failures reach it', () => {
    const errors = [0.1, 0.2, 0.3, Number.POSITIVE_INFINITY];
    const { low, high } = bootstrapInterval(errors, mean, { random: new Random(1) });
    expect(low).toBeLessThan(0.3);
    expect(high).toBe(Number.POSITIVE_INFINITY);
  });

  it('refuses empty lists, another number of groups, options out of range, and NaN statistics', () => {
    const random = new Random(1);
    expect(() => bootstrapInterval([], mean, { random })).toThrow(InvalidArgumentError);
    expect(() => bootstrapInterval([1, 2], mean, { random, groups: [1] })).toThrow('got 2 and 1');
    for (const resamples of [0, 1.5, Number.NaN]) {
      expect(() => bootstrapInterval([1, 2], mean, { random, resamples })).toThrow(`Resamples ${resamples}`);
    }
    for (const confidence of [0, 1, 95, Number.NaN]) {
      expect(() => bootstrapInterval([1, 2], mean, { random, confidence })).toThrow(`Confidence ${confidence}`);
    }
    expect(() => bootstrapInterval([1, 2], () => Number.NaN, { random })).toThrow(/is NaN/);
  });
});

describe('quantile', () => {
  it('interpolates as numpy.percentile does, infinite values included', () => {
    expect(quantile([1, 2, 4, 8], 0.25)).toBe(1.75);
    expect(quantile([1, 2, 4, 8], 1)).toBe(8);
    expect(quantile([1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY], 0.9)).toBe(Number.POSITIVE_INFINITY);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { areaUnderCurve, nrmse } from '../../src/metrics/error-statistics.js';
import { summarizeFaceErrors } from '../../src/metrics/face-error-summary.js';
import fixture from './numpy/evaluation.json' with { type: 'json' };
import { sampledAreaUnderCurve } from './sampled-area.js';

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

describe('areas under the curve', () => {
  it.each(fixture.areas)("are numpy's, exact and sampled, to $threshold", ({ threshold, exact, sampled }) => {
    expect(areaUnderCurve(fixture.errors, threshold)).toBeCloseTo(exact, 9);
    expect(sampledAreaUnderCurve(fixture.errors, threshold)).toBeCloseTo(sampled, 9);
  });

  it('are 0 for a failure, exact and sampled', () => {
    expect(areaUnderCurve([0, infinity, infinity, infinity], 0.08)).toBe(25);
    expect(sampledAreaUnderCurve([0.04, infinity], 0.08)).toBeCloseTo(sampledAreaUnderCurve([0.04], 0.08) / 2, 10);
  });
});

describe('nrmse', () => {
  it('has an infinite mean and spread when a face failed', () => {
    expect(nrmse([0.1, infinity])).toEqual({ mean: infinity, std: infinity });
  });
});

describe('summarizeFaceErrors', () => {
  it('counts a failure in every statistic but NRMSE, and separately', () => {
    const summary = summarizeFaceErrors([0.02, 0.04, infinity, 0.09, infinity]);
    expect(summary).toMatchObject({ faces: 5, failed: 2, median: 9, failureRate008: 60, failureRate010: 40 });
    expect(summary.nrmse.mean).toBeCloseTo(5, 12);
    expect(summary.nrmse.std).toBeCloseTo(100 * Math.sqrt((0.03 ** 2 + 0.01 ** 2 + 0.04 ** 2) / 3), 12);
    expect(summary.auc007).toBeCloseTo((100 * (5 / 7 + 3 / 7)) / 5, 12);
    expect(summary.auc008).toBeCloseTo((100 * (3 / 4 + 1 / 2)) / 5, 12);
    expect(summary.auc010).toBeCloseTo((100 * (0.8 + 0.6 + 0.1)) / 5, 12);
  });

  it("has numpy's median", () => {
    expect(summarizeFaceErrors(fixture.errors).median).toBeCloseTo(fixture.median, 12);
    expect(summarizeFaceErrors([0.1, 0.4, 0.2, 0.3]).median).toBeCloseTo(25, 12);
    expect(summarizeFaceErrors([0.1, infinity, infinity]).median).toBe(infinity);
  });

  it('has NaN and infinite statistics when every face failed', () => {
    expect(summarizeFaceErrors([infinity, infinity])).toEqual({
      ...{ faces: 2, failed: 2, nrmse: { mean: nan, std: nan }, median: infinity },
      ...{ auc007: 0, auc008: 0, auc010: 0, failureRate008: 100, failureRate010: 100 },
    });
  });

  it('never improves when an error becomes a failure, and does not depend on the order of faces', () => {
    const errors = fc.array(fc.double({ min: 0, max: 0.3, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(errors, fc.nat(), (all, which) => {
        const [summary, reversed] = [summarizeFaceErrors(all), summarizeFaceErrors([...all].reverse())];
        const worse = summarizeFaceErrors(all.map((error, i) => (i === which % all.length ? infinity : error)));
        expect(worse.failed).toBe(1);
        expect(worse.median).toBeGreaterThanOrEqual(summary.median);
        for (const name of ['auc007', 'auc008', 'auc010'] as const) {
          expect(worse[name]).toBeLessThanOrEqual(summary[name]);
          expect(reversed[name]).toBeCloseTo(summary[name], 9);
        }
        for (const name of ['failureRate008', 'failureRate010'] as const) {
          expect(worse[name]).toBeGreaterThanOrEqual(summary[name]);
          expect(reversed[name]).toBe(summary[name]);
        }
        expect(summary.auc007).toBeLessThanOrEqual(summary.auc008);
        expect(summary.auc008).toBeLessThanOrEqual(summary.auc010);
        expect(summary.failureRate010).toBeLessThanOrEqual(summary.failureRate008);
        expect(reversed.nrmse.mean).toBeCloseTo(summary.nrmse.mean, 9);
      }),
    );
  });

  it('refuses an empty list, NaN and negative errors', () => {
    for (const errors of [[], [nan], [-1]]) expect(() => summarizeFaceErrors(errors)).toThrow(InvalidArgumentError);
  });
});

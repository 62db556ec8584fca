import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { areaUnderCurve, cumulativeErrorCurve, failureRate, nrmse } from '../../src/metrics/error-statistics.js';
import { sampledAreaUnderCurve } from './sampled-area.js';

const errorLists = fc.array(fc.double({ min: 0, max: 0.3, noNaN: true }), { minLength: 1, maxLength: 60 });
const thresholds = fc.constantFrom(0.07, 0.08, 0.1);

describe('nrmse', () => {
  it('is mean and population deviation in percent', () => {
    const { mean, std } = nrmse([0.02, 0.04, 0.04, 0.04, 0.05, 0.05, 0.07, 0.09]);
    expect(mean).toBeCloseTo(5, 10);
    expect(std).toBeCloseTo(2, 10);
  });
});

describe('areaUnderCurve', () => {
  it('is the mean of 1 - e/t where positive', () => {
    expect(areaUnderCurve([0.02, 0.04, 0.2], 0.08)).toBeCloseTo((100 * (0.75 + 0.5)) / 3, 10);
    expect(areaUnderCurve([0, 0], 0.08)).toBe(100);
    expect(areaUnderCurve([0.08, Number.POSITIVE_INFINITY], 0.08)).toBe(0);
  });

  it('agrees with the sampled area within half a sample, failures included', () => {
    const withFailures = fc.array(
      fc.oneof(fc.double({ min: 0, max: 0.12, noNaN: true }), fc.constant(Number.POSITIVE_INFINITY)),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(withFailures, thresholds, (errors, threshold) => {
        const apart = Math.abs(areaUnderCurve(errors, threshold) - sampledAreaUnderCurve(errors, threshold));
        expect(apart).toBeLessThanOrEqual(50 / 1999 + 1e-9);
      }),
    );
    // The worst case: every error exactly on a sample.
    expect(areaUnderCurve([0], 0.08) - sampledAreaUnderCurve([0], 0.08)).toBeCloseTo(50 / 1999, 10);
  });

  it('lies between 0 and 100', () => {
    fc.assert(
      fc.property(errorLists, thresholds, (errors, threshold) => {
        expect(areaUnderCurve(errors, threshold)).toBeGreaterThanOrEqual(0);
        expect(areaUnderCurve(errors, threshold)).toBeLessThanOrEqual(100);
      }),
    );
  });

  it('falls when any error grows', () => {
    fc.assert(
      fc.property(errorLists, thresholds, fc.double({ min: 0, max: 0.1, noNaN: true }), (errors, threshold, more) => {
        const worse = errors.map((error, index) => (index === 0 ? error + more : error));
        expect(areaUnderCurve(worse, threshold)).toBeLessThanOrEqual(areaUnderCurve(errors, threshold));
      }),
    );
  });
});

describe('cumulativeErrorCurve of 2000 samples', () => {
  it("has NumPy's area: linspace(0, t, 2000), strictly below, trapezoid", () => {
    // Computed with NumPy: thresholds = linspace(0, t, 2000), mean(errors < threshold), trapezoid over t.
    const errors = Array.from({ length: 100 }, (_, index) => ((index * 37) % 101) / 500);
    expect(sampledAreaUnderCurve([0.02, 0.04, 0.2], 0.08)).toBeCloseTo(41.67083541770885, 8);
    expect(sampledAreaUnderCurve(errors, 0.07)).toBeCloseTo(17.99974987493747, 8);
    expect(sampledAreaUnderCurve(errors, 0.1)).toBeCloseTo(25.49974987493747, 8);
    expect(sampledAreaUnderCurve([0, 0.08], 0.08)).toBeCloseTo(49.98749374687344, 8);
  });
});

describe('failureRate', () => {
  it('counts errors over the threshold, not on it, in percent', () => {
    expect(failureRate([0.08, 0.0801, 0.01, Number.POSITIVE_INFINITY], 0.08)).toBe(50);
  });
});

describe('cumulativeErrorCurve', () => {
  it('is the share strictly below each threshold', () => {
    expect(cumulativeErrorCurve([0.5, 0, 1, 3], 2, 5)).toEqual([
      { threshold: 0, share: 0 },
      { threshold: 0.5, share: 0.25 },
      { threshold: 1, share: 0.5 },
      { threshold: 1.5, share: 0.75 },
      { threshold: 2, share: 0.75 },
    ]);
  });

  it('never falls, and ends at one minus the failures', () => {
    fc.assert(
      fc.property(errorLists, thresholds, (errors, threshold) => {
        const shares = cumulativeErrorCurve(errors, threshold).map(({ share }) => share);
        shares.slice(1).forEach((share, index) => {
          expect(share).toBeGreaterThanOrEqual(shares[index]!);
        });
        if (!errors.includes(threshold))
          expect(shares.at(-1)).toBeCloseTo(1 - failureRate(errors, threshold) / 100, 10);
      }),
    );
  });

  it('refuses fewer than two samples', () => {
    expect(() => cumulativeErrorCurve([1], 1, 1)).toThrow(InvalidArgumentError);
  });
});

describe.each([
  ['nrmse', nrmse],
  ['areaUnderCurve', (errors: number[]) => areaUnderCurve(errors, 0.08)],
  ['failureRate', (errors: number[]) => failureRate(errors, 0.08)],
  ['cumulativeErrorCurve', (errors: number[]) => cumulativeErrorCurve(errors, 0.08)],
] as [string, (errors: number[]) => unknown][])('%s', (_, metric) => {
  it('refuses an empty list, NaN and negative errors', () => {
    expect(() => metric([])).toThrow(InvalidArgumentError);
    expect(() => metric([0.1, Number.NaN])).toThrow('Error 1 is NaN');
    expect(() => metric([-0.1])).toThrow(InvalidArgumentError);
  });
});

describe.each([areaUnderCurve, failureRate, cumulativeErrorCurve])('$name', (metric) => {
  it('refuses thresholds of 0 or less, NaN and infinity', () => {
    for (const threshold of [0, -0.1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => metric([0.1], threshold)).toThrow(InvalidArgumentError);
    }
  });
});

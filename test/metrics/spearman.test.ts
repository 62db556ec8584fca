import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { spearmanCorrelation } from '../../src/metrics/spearman.js';

describe('spearmanCorrelation', () => {
  it('agrees with 1 - 6 sum d^2 / n (n^2 - 1) without ties', () => {
    // The textbook example of IQ and hours of television, whose coefficient is -29/165.
    const iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
    const television = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
    expect(spearmanCorrelation(iq, television)).toBeCloseTo(-29 / 165, 12);
  });

  it('gives ties their mean rank', () => {
    // Ranks 1, 2.5, 2.5, 4 with 1, 2, 3, 4: 4.5 / sqrt(4.5 * 5).
    expect(spearmanCorrelation([1, 2, 2, 9], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
  });

  it('is 1 for rising and -1 for falling functions, infinite values included', () => {
    expect(spearmanCorrelation([0, 1, 5, Number.POSITIVE_INFINITY], [-3, 0, 0.1, 8])).toBeCloseTo(1, 12);
    expect(spearmanCorrelation([0, 1, 5], [8, 0, -3])).toBeCloseTo(-1, 12);
  });

  it('is symmetric and does not change under rising functions', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
      minLength: 2,
    });
    fc.assert(
      fc.property(pairs, (values) => {
        const first = values.map(([value]) => value);
        const second = values.map(([, value]) => value);
        const correlation = spearmanCorrelation(first, second);
        const constant = new Set(first).size === 1 || new Set(second).size === 1;
        expect(Number.isNaN(correlation)).toBe(constant);
        if (constant) return;
        expect(spearmanCorrelation(second, first)).toBeCloseTo(correlation, 12);
        expect(spearmanCorrelation(first.map(Math.exp), second)).toBeCloseTo(correlation, 12);
        expect(Math.abs(correlation)).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  it('refuses NaN, a single pair and different lengths', () => {
    expect(() => spearmanCorrelation([1], [1])).toThrow(InvalidArgumentError);
    expect(() => spearmanCorrelation([1, 2], [1])).toThrow(InvalidArgumentError);
    expect(() => spearmanCorrelation([1, Number.NaN], [1, 2])).toThrow('NaN');
  });
});

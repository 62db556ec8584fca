import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { areaUnderRiskCoverage, riskAtCoverage, riskCoverageCurve } from '../../src/metrics/risk-coverage.js';

describe('riskCoverageCurve', () => {
  it('adds faces by falling score', () => {
    const curve = riskCoverageCurve([3, 1, 2, 6], [0.5, 0.9, 0.8, 0.1]);
    expect(curve).toEqual([
      { coverage: 0.25, risk: 1, score: 0.9 },
      { coverage: 0.5, risk: 1.5, score: 0.8 },
      { coverage: 0.75, risk: 2, score: 0.5 },
      { coverage: 1, risk: 3, score: 0.1 },
    ]);
    expect(areaUnderRiskCoverage(curve)).toBe((1 + 1.5 + 2 + 3) / 4);
  });

  it('adds faces of equal score together, whatever their order', () => {
    expect(riskCoverageCurve([4, 0, 2], [1, 0, 1])).toEqual([
      { coverage: 2 / 3, risk: 3, score: 1 },
      { coverage: 1, risk: 2, score: 0 },
    ]);
  });

  it('ends at the mean error, and is lowest when scores follow the errors', () => {
    const faces = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ noNaN: true })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(faces, (pairs) => {
        const errors = pairs.map(([error]) => error);
        const curve = riskCoverageCurve(
          errors,
          pairs.map(([, score]) => score),
        );
        expect(curve.at(-1)!.coverage).toBe(1);
        expect(curve.at(-1)!.risk).toBeCloseTo(errors.reduce((sum, error) => sum + error, 0) / errors.length, 10);
        const oracle = riskCoverageCurve(
          errors,
          errors.map((error) => -error),
        );
        expect(areaUnderRiskCoverage(oracle)).toBeLessThanOrEqual(areaUnderRiskCoverage(curve) + 1e-9);
      }),
    );
  });

  it('refuses empty lists, different lengths and NaN scores', () => {
    expect(() => riskCoverageCurve([], [])).toThrow(InvalidArgumentError);
    expect(() => riskCoverageCurve([1], [1, 2])).toThrow('got 1 and 2');
    expect(() => riskCoverageCurve([1], [Number.NaN])).toThrow('Score 0 is NaN');
  });
});

describe('riskAtCoverage', () => {
  const errors = Array.from({ length: 10 }, (_, index) => index);
  const curve = riskCoverageCurve(
    errors,
    errors.map((error) => -error),
  );

  it('finds the requested share of faces despite rounding', () => {
    for (let kept = 1; kept <= 10; kept += 1) expect(riskAtCoverage(curve, kept / 10).risk).toBe((kept - 1) / 2);
    expect(riskAtCoverage(curve, 0.65).coverage).toBe(0.7);
  });

  it('refuses coverages of 0 or less, over 1, and NaN', () => {
    for (const coverage of [0, -1, 1.01, Number.NaN]) {
      expect(() => riskAtCoverage(curve, coverage)).toThrow(InvalidArgumentError);
    }
  });
});

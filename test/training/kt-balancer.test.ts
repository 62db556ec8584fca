import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { KtBalancer } from '../../src/training/kt-balancer.js';

describe('KtBalancer (Eq. 8)', () => {
  it('starts at 0 and moves by lambda times gamma l_real minus l_fake, worked by hand', () => {
    const balancer = new KtBalancer();
    expect(balancer.config).toEqual({ lambda: 0.001, gamma: 0.5 });
    expect(balancer.k).toBe(0);
    balancer.update(8, 1); // 0 + 0.001 (4 - 1)
    expect(balancer.k).toBeCloseTo(0.003, 12);
    balancer.update(2, 3); // 0.003 + 0.001 (1 - 3)
    expect(balancer.k).toBeCloseTo(0.001, 12);
    const quick = new KtBalancer({ lambda: 0.1, gamma: 0.7 });
    quick.update(5, 0.5);
    expect(quick.k).toBeCloseTo(0.3, 12);
  });

  it('takes 2,000 steps from 0 to 1 when l_real is 1 and l_fake 0', () => {
    const balancer = new KtBalancer();
    for (let step = 0; step < 1999; step++) balancer.update(1, 0);
    expect(balancer.k).toBeCloseTo(0.9995, 9);
    balancer.update(1, 0);
    expect(balancer.k).toBeCloseTo(1, 9);
  });

  it('stops at 0 and at 1, and can move back', () => {
    const balancer = new KtBalancer({ lambda: 0.5 });
    balancer.update(0, 3);
    expect(balancer.k).toBe(0);
    balancer.update(100, 0);
    expect(balancer.k).toBe(1);
    balancer.update(0, 0.5); // 1 + 0.5 (0 - 0.5)
    expect(balancer.k).toBe(0.75);
  });

  it('refuses losses that are not finite, and keeps k_t', () => {
    const balancer = new KtBalancer();
    balancer.update(8, 1);
    for (const [real, fake] of [
      [Number.NaN, 1] as const,
      [1, Number.NaN] as const,
      [Number.POSITIVE_INFINITY, 1] as const,
    ]) {
      expect(() => balancer.update(real, fake)).toThrow(InvalidArgumentError);
    }
    expect(balancer.k).toBeCloseTo(0.003, 12);
  });

  it('stays within 0..1 for any losses and settings', () => {
    const loss = fc.double({ min: 0, max: 1e6, noNaN: true });
    const setting = fc.double({ min: 1e-6, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(setting, setting, fc.array(fc.tuple(loss, loss)), (lambda, gamma, steps) => {
        const balancer = new KtBalancer({ lambda, gamma });
        for (const [real, fake] of steps) {
          balancer.update(real, fake);
          expect(balancer.k).toBeGreaterThanOrEqual(0);
          expect(balancer.k).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('measures convergence as BEGAN does: l_real plus how far l_fake is from its share', () => {
    expect(new KtBalancer().convergence(2, 0.4)).toBeCloseTo(2.6, 12);
    expect(new KtBalancer().convergence(2, 1.6)).toBeCloseTo(2.6, 12);
    expect(new KtBalancer().convergence(2, 1)).toBe(2);
  });

  it.each(['lambda', 'gamma'])('refuses a %s that is not a positive number, and names it', (name) => {
    for (const value of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      const make = () => new KtBalancer({ [name]: value });
      expect(make).toThrow(InvalidArgumentError);
      expect(make).toThrow(`KtBalancer's ${name}`);
      expect(make).toThrow(new RegExp(`received ${value}`, 'i'));
    }
  });

  it('refuses an unknown setting, and text for a number', () => {
    expect(() => new KtBalancer({ lamda: 0.1 } as object)).toThrow("KtBalancer's lamda: there is no such setting");
    expect(() => new KtBalancer({ gamma: '0.5' } as object)).toThrow("KtBalancer's gamma");
  });
});

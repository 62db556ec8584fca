import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { KtBalancer } from '../../src/training/kt-balancer.js';

describe('KtBalancer (Eq. 8)', () => {
  it('starts at 0 and moves by lambda times gamma l_real minus l_fake, worked by hand', () => {
    const balancer = new KtBalancer();
    expect(balancer.k).toBe(0);
    balancer.update(8, 1); // 0 + 0.001 (4 - 1)
    expect(balancer.k).toBeCloseTo(0.003, 12);
    balancer.update(2, 3); // 0.003 + 0.001 (1 - 3)
    expect(balancer.k).toBeCloseTo(0.001, 12);
    const quick = new KtBalancer({ lambda: 0.1, gamma: 0.7 });
    quick.update(5, 0.5);
    expect(quick.k).toBeCloseTo(0.3, 12);
  });

  it('stays within 0 and 1', () => {
    const losses = fc.array(
      fc.tuple(fc.double({ min: 0, max: 1e4, noNaN: true }), fc.double({ min: 0, max: 1e4, noNaN: true })),
    );
    fc.assert(
      fc.property(losses, (steps) => {
        const balancer = new KtBalancer();
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

  it.each([{ lambda: 0 }, { gamma: -1 }, { lambda: Number.NaN }])('refuses %o', (config) => {
    expect(() => new KtBalancer(config)).toThrow(InvalidArgumentError);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../src/random.js';

const draw = (random: Random, count: number) => Array.from({ length: count }, () => random.uniform());
const whole = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

describe('Random', () => {
  it('gives the same numbers for the same seed and stream', () => {
    fc.assert(
      fc.property(whole, fc.array(whole, { maxLength: 3 }), (seed, stream) => {
        expect(draw(new Random(seed, ...stream), 8)).toEqual(draw(new Random(seed, ...stream), 8));
      }),
    );
  });

  it('gives numbers that do not change from release to release, so that a published seed keeps its meaning', () => {
    const random = new Random(7, 3);
    expect([random.uniform(), random.integer(0, 999), random.normal()]).toMatchInlineSnapshot(`
      [
        0.29856282834646375,
        674,
        1.0033152767773128,
      ]
    `);
  });

  it('gives other numbers for another seed, another stream, and streams in another order', () => {
    const first = (seed: number, ...stream: number[]) => new Random(seed, ...stream).uniform();
    const numbers = [first(0), first(1), first(0, 0), first(0, 1), first(0, 0, 0), first(0, 1, 2), first(0, 2, 1)];
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('gives neighbouring seeds and streams unrelated numbers', () => {
    const count = 4000;
    const series = [
      Array.from({ length: count }, (_, seed) => new Random(seed).uniform()),
      Array.from({ length: count }, (_, index) => new Random(0, 5, index).uniform()),
      Array.from({ length: count }, (_, epoch) => new Random(0, epoch, 5).uniform()),
    ];
    for (const numbers of series) {
      const tenths = Array.from({ length: 10 }, () => 0);
      for (const number of numbers) tenths[Math.floor(number * 10)]!++;
      // Chi-squared with 9 degrees of freedom exceeds 33.7 once in ten thousand.
      expect(tenths.reduce((sum, n) => sum + (n - count / 10) ** 2 / (count / 10), 0)).toBeLessThan(33.7);
      const neighbours = numbers.slice(1).reduce((sum, x, i) => sum + (x - 0.5) * (numbers[i]! - 0.5), 0) / count;
      // The correlation of independent numbers has a standard deviation of 1 / sqrt(count).
      expect(Math.abs(neighbours * 12)).toBeLessThan(4 / Math.sqrt(count));
    }
  });

  it('keeps uniform numbers in [low, high) and whole ones in [low, high]', () => {
    fc.assert(
      fc.property(
        whole,
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.integer({ min: 1, max: 1000 }),
        (s, low, n) => {
          const random = new Random(s);
          const number = random.uniform(low, low + n);
          expect(number).toBeGreaterThanOrEqual(low);
          expect(number).toBeLessThan(low + n);
          const integer = random.integer(-n, n);
          expect(Number.isInteger(integer) && integer >= -n && integer <= n).toBe(true);
        },
      ),
    );
  });

  it('draws every whole number of a range, both ends included, about equally often', () => {
    const random = new Random(1);
    const counts = new Map<number, number>();
    for (let i = 0; i < 6000; i++) {
      const number = random.integer(2, 7);
      counts.set(number, (counts.get(number) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([2, 3, 4, 5, 6, 7]);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(4 * Math.sqrt(1000));
  });

  it('gives normal numbers of the asked mean and deviation, with the tails of a normal distribution', () => {
    const random = new Random(2);
    const numbers = Array.from({ length: 40_000 }, () => (random.normal(3, 2) - 3) / 2);
    const moment = (power: number) => numbers.reduce((sum, x) => sum + x ** power, 0) / numbers.length;
    expect(moment(1)).toBeCloseTo(0, 1);
    expect(Math.abs(moment(1))).toBeLessThan(0.02);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.03);
    expect(Math.abs(moment(3))).toBeLessThan(0.08);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.2);
    expect(Math.abs(numbers.filter((x) => Math.abs(x) > 1.96).length / numbers.length - 0.05)).toBeLessThan(0.005);
  });

  it('is true as often as asked', () => {
    const random = new Random(3);
    const share = (probability: number) =>
      Array.from({ length: 10_000 }, () => random.bernoulli(probability)).filter(Boolean).length / 10_000;
    expect(share(0)).toBe(0);
    expect(share(1)).toBe(1);
    expect(Math.abs(share(0.2) - 0.2)).toBeLessThan(0.016);
  });

  it('shuffles to a permutation and leaves the given list as it is', () => {
    fc.assert(
      fc.property(whole, fc.array(fc.integer()), (seed, items) => {
        const given = [...items];
        const shuffled = new Random(seed).shuffle(items);
        expect(items).toEqual(given);
        expect([...shuffled].sort()).toEqual([...items].sort());
      }),
    );
  });

  it('shuffles to each order equally often', () => {
    const random = new Random(4);
    const orders = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = random.shuffle([1, 2, 3]).join('');
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(orders.size).toBe(6);
    for (const count of orders.values()) expect(Math.abs(count - 1000)).toBeLessThan(4 * Math.sqrt(1000));
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { worstAndBest } from '../../src/evaluation/worst-and-best.js';

const records = (...errors: number[]) => errors.map((error, id) => ({ id, error }));
const ids = (list: { id: number }[]) => list.map(({ id }) => id);

describe('worstAndBest', () => {
  it('returns the worst first, failures before all, and the best first', () => {
    const { worst, best } = worstAndBest(
      records(0.3, 0.1, Number.POSITIVE_INFINITY, 0.2, Number.NaN, 0.5, 0.4, 0.6),
      3,
    );
    expect(ids(worst)).toEqual([2, 4, 7]);
    expect(ids(best)).toEqual([1, 3, 0]);
  });

  it('keeps equal faces in the order given, at both ends', () => {
    const { worst, best } = worstAndBest(records(0.1, 0.2, 0.1, 0.2, 0.1, 0.2), 2);
    expect(ids(worst)).toEqual([1, 3]);
    expect(ids(best)).toEqual([0, 2]);
  });

  it('splits few faces evenly, the odd one to the worst', () => {
    const { worst, best } = worstAndBest(records(0.1, 0.2, 0.3));
    expect([ids(worst), ids(best)]).toEqual([[2, 1], [0]]);
    expect(worstAndBest([])).toEqual({ worst: [], best: [] });
  });

  it('never puts a failure among the best, a face in both lists, or a best face worse than a worst one', () => {
    const error = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(Number.NaN, Infinity, 0.5));
    fc.assert(
      fc.property(fc.array(error, { maxLength: 60 }), fc.nat(30), (errors, count) => {
        const given = records(...errors);
        const { worst, best } = worstAndBest(given, count);
        expect(best.every((face) => Number.isFinite(face.error))).toBe(true);
        expect(new Set([...ids(worst), ...ids(best)]).size).toBe(worst.length + best.length);
        expect(worst.length).toBe(Math.min(count, Math.ceil(errors.length / 2)));
        const badness = (value: number) => (Number.isFinite(value) ? value : Infinity);
        const least = Math.min(...worst.map((face) => badness(face.error)));
        expect(Math.max(...best.map((face) => face.error))).toBeLessThanOrEqual(worst.length ? least : Infinity);
        expect(ids(given)).toEqual(errors.map((_, index) => index));
      }),
    );
  });

  it.each([-1, 1.5, Number.NaN])('refuses a count of %d', (count) => {
    expect(() => worstAndBest([], count)).toThrow(InvalidArgumentError);
  });
});

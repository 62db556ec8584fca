import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { nearestMateRate } from '../../src/metrics/nearest-mate.js';

describe('nearestMateRate', () => {
  it('counts nearest mates by angle, not length, and skips faces without a mate, worked by hand', () => {
    // Angles 0, 10, 80, 90 and 45 degrees; the second is long.
    const at = (degrees: number, length = 1) => [
      length * Math.cos((degrees * Math.PI) / 180),
      length * Math.sin((degrees * Math.PI) / 180),
    ];
    const embeddings = [at(0), at(10, 100), at(80), at(90), at(42)];
    expect(nearestMateRate(embeddings, ['a', 'a', 'b', 'b', 'c'])).toBe(1);
    // The nearest to 42 degrees is 10, of a; the nearest to 90 is 80, of b.
    expect(nearestMateRate(embeddings, ['a', 'a', 'b', 'c', 'c'])).toBe(2 / 4);
    expect(nearestMateRate(embeddings, ['a', 'b', 'c', 'd', 'e'])).toBeNaN();
    expect(nearestMateRate([], [])).toBeNaN();
  });

  it('does not depend on the order of the faces', () => {
    const people = fc.array(
      fc.tuple(
        fc.array(fc.double({ min: 0.1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
        fc.constantFrom('a', 'b', 'c'),
      ),
      { minLength: 2, maxLength: 12 },
    );
    fc.assert(
      fc.property(people, (given) => {
        const distinct = new Map(given.map(([vector, identity]) => [vector.join(), [vector, identity] as const]));
        const list = [...distinct.values()];
        const rate = (some: typeof list) =>
          nearestMateRate(
            some.map(([vector]) => vector),
            some.map(([, who]) => who),
          );
        fc.pre(list.length > 1);
        const [forward, backward] = [rate(list), rate([...list].reverse())];
        expect(Object.is(forward, backward) || Math.abs(forward - backward) < 1e-12).toBe(true);
      }),
    );
  });

  it('ranks a stranger as near as a mate first, in any order of faces', () => {
    const alike = [1, 2, 3].map((length) => [length, length]);
    for (const identities of [
      ['a', 'a', 'b'],
      ['a', 'b', 'a'],
      ['b', 'a', 'a'],
    ]) {
      expect(nearestMateRate(alike, identities)).toBe(0);
    }
    expect(nearestMateRate(alike, ['a', 'a', 'a'])).toBe(1);
  });

  it('refuses another number of identities than embeddings, and zero vectors', () => {
    expect(() => nearestMateRate([[1, 0]], [])).toThrow(InvalidArgumentError);
    const withZero = [
      [1, 0],
      [0, 0],
    ];
    expect(() => nearestMateRate(withZero, ['a', 'a'])).toThrow('Face 1 is zero');
  });
});

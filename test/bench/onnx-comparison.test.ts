import { describe, expect, it } from 'vitest';
import { type Contender, runRounds, spreadOf } from '../../bench/speed/rounds.js';

/** A contender that takes the given times, and writes down what happens to it. */
function contender(name: string, milliseconds: number, everyNthRound: number, diary: string[]): Contender {
  return {
    everyNthRound,
    begin: async () => diary.push(`${name} begins`),
    time: async () => {
      diary.push(name);
      return milliseconds;
    },
  };
}

describe('runRounds', () => {
  it('lets contenders take turns, after one run each that does not count', async () => {
    const diary: string[] = [];
    const times = await runRounds([contender('a', 50, 1, diary), contender('b', 200, 1, diary)], 2, 100);
    const round = ['a begins', 'a', 'a', 'b begins', 'b'];
    expect(diary).toEqual(['a begins', 'a', 'b begins', 'b', ...round, ...round]);
    expect(times).toEqual([
      [50, 50, 50, 50],
      [200, 200],
    ]);
  });

  it('leaves slow contenders out of most rounds', async () => {
    const times = await runRounds([contender('fast', 1, 1, []), contender('slow', 1, 3, [])], 7, 1);
    expect(times.map(({ length }) => length)).toEqual([7, 3]);
  });

  it('leaves a whole turn to a contender that makes its own', async () => {
    const own = { ...contender('own', 1, 1, []), turn: async (milliseconds: number) => [milliseconds, 7] };
    expect(await runRounds([own], 2, 100)).toEqual([[100, 7, 100, 7]]);
  });
});

describe('spreadOf', () => {
  it('gives minimum and quartiles, in whatever order the times came', () => {
    expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ min: 1, p25: 2, median: 3, p75: 4, runs: 5 });
  });

  it('takes the middle between two times', () => {
    // numpy.quantile([1, 2, 3, 10], [0, .25, .5, .75]) is [1, 1.75, 2.5, 4.75].
    expect(spreadOf([10, 2, 3, 1])).toEqual({ min: 1, p25: 1.75, median: 2.5, p75: 4.75, runs: 4 });
  });

  it('takes one time for all', () => {
    expect(spreadOf([7])).toEqual({ min: 7, p25: 7, median: 7, p75: 7, runs: 1 });
  });
});

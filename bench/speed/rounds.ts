/** Something whose time is taken beside others'. */
export interface Contender {
  /** It takes its turn in every so many rounds: 1, or more where a turn takes long. */
  everyNthRound: number;
  /** Called before each turn, such as to choose the backend; its time does not count. */
  begin(): Promise<unknown>;
  /** Does the work once and tells how long it took in milliseconds, preparations left out. */
  time(): Promise<number>;
  /** A whole turn, where that is better than calling `time`: in another process, which then does not wait for requests in between. */
  turn?(milliseconds: number): Promise<number[]>;
}

/** Quartiles of times in milliseconds. */
export interface Spread {
  min: number;
  p25: number;
  median: number;
  p75: number;
  runs: number;
}

/**
 * Times of all contenders, who take turns, so that what slows the machine for a while slows all of them. Each is run once before the
 * first round, which does not count.
 *
 * @param turn A turn repeats the work until so many milliseconds have passed, and does it at least once.
 */
export async function runRounds(contenders: readonly Contender[], rounds: number, turn: number): Promise<number[][]> {
  for (const contender of contenders) {
    await contender.begin();
    await contender.time();
  }
  const times = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, contender] of contenders.entries()) {
      if (round % contender.everyNthRound !== 0) continue;
      await contender.begin();
      times[index]!.push(...(await (contender.turn?.(turn) ?? repeat(() => contender.time(), turn))));
    }
  }
  return times;
}

/** Times of some work, which is done again until so many milliseconds have passed. */
export const timesOf = (work: () => Promise<unknown>, milliseconds: number): Promise<number[]> =>
  repeat(() => elapsed(work), milliseconds);

/** How long some work takes, in milliseconds. */
export async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function repeat(time: () => Promise<number>, milliseconds: number): Promise<number[]> {
  const times: number[] = [];
  let passed = 0;
  do {
    times.push(await time());
    passed += times.at(-1)!;
  } while (passed < milliseconds);
  return times;
}

/** Minimum and quartiles, linear between neighbouring times. */
export function spreadOf(times: readonly number[]): Spread {
  const sorted = times.toSorted((a, b) => a - b);
  const quantile = (share: number) => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)]!;
    return below + (place % 1) * (sorted[Math.ceil(place)]! - below);
  };
  return { min: quantile(0), p25: quantile(0.25), median: quantile(0.5), p75: quantile(0.75), runs: times.length };
}

import { describe, expect, it } from 'vitest';
import { giveTurn } from '../src/turns.js';

/** Keeps the thread for a while. */
function work(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

describe('giveTurn', () => {
  it('lets timers tick at least every 50 ms in a loop that computes all the time', async () => {
    const ticks: number[] = [];
    const timer = setInterval(() => ticks.push(performance.now()), 1);
    const start = performance.now();
    for (let round = 0; round < 60; round++) {
      work(5);
      await giveTurn();
    }
    clearInterval(timer);
    const gaps = [start, ...ticks].slice(1).map((tick, index) => tick - [start, ...ticks][index]!);
    expect(ticks.length).toBeGreaterThan(4);
    // On a busy machine a pause of the whole process may come on top of one gap.
    expect(gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)]).toBeLessThan(50);
  });

  it('waits for no task while little time has passed', async () => {
    await giveTurn();
    let isLater = false;
    setImmediate(() => {
      isLater = true;
    });
    const start = performance.now();
    for (let round = 0; round < 100 && performance.now() - start < 10; round++) await giveTurn();
    expect(isLater).toBe(false);
  });
});

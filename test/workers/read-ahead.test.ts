import { expect, it } from 'vitest';
import { ReadAhead } from '../../src/workers/read-ahead.js';

/** Numbers up to a last one, and which of them were begun. */
function counted(last: number) {
  const begun: number[] = [];
  async function* numbers() {
    for (let number = 1; number <= last; number++) {
      begun.push(number);
      yield number;
    }
  }
  return { begun, ahead: new ReadAhead(numbers()) };
}

it('ReadAhead returns the items in order, and undefined after the last', async () => {
  const { ahead } = counted(2);
  expect([await ahead.take(), await ahead.take(), await ahead.take()]).toEqual([1, 2, undefined]);
});

it('ReadAhead begins an item once, when it is prepared', async () => {
  const { begun, ahead } = counted(3);
  await ahead.take();
  expect(begun).toEqual([1]);
  ahead.prepare();
  ahead.prepare();
  expect(begun).toEqual([1, 2]);
  expect(await ahead.take()).toBe(2);
  expect(begun).toEqual([1, 2]);
});

it("ReadAhead throws an item's error when it is taken, not when it is prepared", async () => {
  async function* broken() {
    yield 1;
    throw new RangeError('broken');
  }
  const ahead = new ReadAhead(broken());
  await ahead.take();
  ahead.prepare();
  await new Promise((resolve) => setTimeout(resolve, 5));
  await expect(ahead.take()).rejects.toThrow('broken');
});

it('ReadAhead waits for the item being made when it settles, and ignores its error', async () => {
  let isOver = false;
  async function* slow(): AsyncGenerator<number> {
    await new Promise((resolve) => setTimeout(resolve, 20));
    isOver = true;
    throw new RangeError('too late');
  }
  const ahead = new ReadAhead(slow());
  ahead.prepare();
  await ahead.settle();
  expect(isOver).toBe(true);
  await new ReadAhead(slow()).settle();
});

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

it('gives the items in order, and undefined after the last', async () => {
  const { ahead } = counted(2);
  expect([await ahead.take(), await ahead.take(), await ahead.take()]).toEqual([1, 2, undefined]);
});

it('begins an item when it is prepared, once, and none before', async () => {
  const { begun, ahead } = counted(3);
  await ahead.take();
  expect(begun).toEqual([1]);
  ahead.prepare();
  ahead.prepare();
  expect(begun).toEqual([1, 2]);
  expect(await ahead.take()).toBe(2);
  expect(begun).toEqual([1, 2]);
});

it('throws what went wrong when the item is taken, not when it is prepared', async () => {
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

it('waits for the item that is being made when it settles, whatever comes of it', async () => {
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

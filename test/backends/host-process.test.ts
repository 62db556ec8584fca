import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withoutAddedHandlers } from '../../src/backends/host-process.js';
import { runNode } from '../support/node-process.js';

describe("the host's process", () => {
  it("keeps the application's handlers of uncaught errors after a detection, and only them", async () => {
    const { code, stdout, stderr } = await runNode(resolve(import.meta.dirname, 'host-process.fixture.ts'), []);
    expect(stderr).not.toContain('Error');
    expect(JSON.parse(stdout.trim().split('\n').at(-1)!)).toEqual({
      logged: ['a rejection of its own', 'an exception of its own'],
      listeners: [2, 1],
    });
    expect(code).toBe(0);
  });

  it('loses no handler that the application adds while a backend starts', async () => {
    const own = (reason: unknown) => void reason;
    await withoutAddedHandlers(async () => process.on('unhandledRejection', own));
    expect(process.rawListeners('unhandledRejection')).toContain(own);
    process.off('unhandledRejection', own);
  });
});

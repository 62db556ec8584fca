import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withoutAddedHandlers } from '../../src/backends/host-process.js';
import { runNode } from '../support/node-process.js';

describe('the process of the application', () => {
  it('has only its own handlers of uncaught errors after a detection', async () => {
    const { code, stdout, stderr } = await runNode(resolve(import.meta.dirname, 'host-process.fixture.ts'), []);
    expect(stderr).not.toContain('Error');
    expect(JSON.parse(stdout.trim().split('\n').at(-1)!)).toEqual({
      logged: ['a rejection of its own', 'an exception of its own'],
      listeners: [2, 1],
    });
    expect(code).toBe(0);
  });

  it('keeps the handlers that it adds while a backend starts', async () => {
    const own = (reason: unknown) => void reason;
    await withoutAddedHandlers(async () => process.on('unhandledRejection', own));
    expect(process.rawListeners('unhandledRejection')).toContain(own);
    process.off('unhandledRejection', own);
  });
});

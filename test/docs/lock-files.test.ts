import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

it.each(['.', 'scripts', 'bench', 'examples/peers'])('the lock file of %s has no addresses', async (folder) => {
  const lock = await readFile(resolve(import.meta.dirname, '../..', folder, 'package-lock.json'), 'utf8');
  expect(lock).toContain('"integrity"');
  // Remedy: `npm install --package-lock-only` in that folder, whose .npmrc leaves them out.
  expect(lock).not.toMatch(/"resolved": "\w+:/);
});

import { readFile } from 'node:fs/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { runCommand } from '../../src/cli/run-command.js';
import { DatasetError } from '../../src/errors.js';

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = 0;
});

it.each<[string, () => Promise<unknown>, RegExp]>([
  [
    'an error of this library',
    () => Promise.reject(new DatasetError('It is empty.')),
    /^DatasetError: It is empty\.\n$/,
  ],
  ['a file that cannot be read', () => readFile('missing.json'), /^Error: ENOENT.*missing\.json'\n$/],
  [
    'a package that is not installed',
    () => import('@tensorflow/not-installed' as string),
    /^This command needs the package @tensorflow\/not-installed: npm install @tensorflow\/not-installed\.\n$/,
  ],
])('a command reports %s in one line, and ends with 2', async (_what, work, line) => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await runCommand(async () => {
    await work();
    return 0;
  });
  expect(write.mock.calls.join('')).toMatch(line);
  expect(process.exitCode).toBe(2);
});

import { execFile } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.js';

const fixture = resolve(import.meta.dirname, 'typed-module.fixture.ts');
const [major, minor] = process.versions.node.split('.').map(Number) as [number, number];
/** From there on Node hands tsx on to threads by itself, and reads simple TypeScript without it. */
const readsTypes = major > 22 || (major === 22 && minor >= 18);

/** What a plain Node process prints that imports a module by `importInThread` as it is built. */
async function importInPlainNode(module: string): Promise<string> {
  const folder = await temporaryFolder();
  const built = join(folder, 'import-in-thread.mjs');
  const entryPoints = [resolve(import.meta.dirname, '../../src/workers/import-in-thread.ts')];
  await build({ entryPoints, bundle: true, format: 'esm', platform: 'node', outfile: built });
  const script = `import { importInThread } from ${JSON.stringify(pathToFileURL(built).href)};
    const found = await importInThread(${JSON.stringify(pathToFileURL(module).href)}).catch((error) => error);
    console.log(found.red ?? found.message);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  return stdout.trim();
}

it.skipIf(readsTypes)(
  'reads TypeScript with the tsx that is installed beside it, though the program runs without',
  async () => {
    expect(await importInPlainNode(fixture)).toBe('7');
  },
);

it.skipIf(readsTypes)('importInThread names the module and the remedy if tsx is missing', async () => {
  const lonely = join(await temporaryFolder(), 'lonely.ts');
  await copyFile(fixture, lonely);
  expect(await importInPlainNode(lonely)).toMatch(/cannot import .*lonely\.ts: install tsx/);
});

it('importInThread passes on errors of the module', async () => {
  expect(await importInPlainNode(join(await temporaryFolder(), 'missing.mjs'))).toMatch(/Cannot find module .*missing/);
});

import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

export const run = promisify(execFile);
export const root = resolve(import.meta.dirname, '../..');

/** What `npm install` is always called with here. */
export const QUIET = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];

/** A new folder with this package in it, packed from the build and installed as users do, and the given packages beside it. */
export async function installPacked(...packages: string[]): Promise<{ folder: string; paths: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'lowres-landmarks-'));
  const pack = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: root });
  const [{ filename, files }] = JSON.parse(pack.stdout) as [{ filename: string; files: { path: string }[] }];
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  await run('npm', ['install', ...QUIET, `./${filename}`, ...packages], { cwd: folder });
  return { folder, paths: files.map(({ path }) => path) };
}

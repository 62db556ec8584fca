import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runMain } from '../../src/cli/command.js';
import { trainingPresets } from '../../src/experiments/training-plan.js';
import { temporaryFolder } from '../support/temporary-folder.js';

let written: { stdout: string; stderr: string };

async function run(...words: string[]): Promise<number> {
  await runMain(words, {
    stdout: { write: (text) => (written.stdout += text) },
    stderr: { write: (text) => (written.stderr += text) },
  });
  return Number(process.exitCode ?? 0);
}

beforeEach(() => {
  written = { stdout: '', stderr: '' };
  process.exitCode = 0;
  // Commands write to the process's own streams.
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.stderr += text;
    return true;
  });
});

afterEach(() => {
  process.exitCode = 0;
  vi.restoreAllMocks();
});

describe('lowres-landmarks', () => {
  it('prints its version', async () => {
    expect(await run('--version')).toBe(0);
    expect(written.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("--help lists the subcommands, and each subcommand's its options", async () => {
    expect(await run('--help')).toBe(0);
    expect(written.stdout).toContain('detect');
    written.stdout = '';
    expect(await run('detect', '--help')).toBe(0);
    for (const option of [
      '<images...>',
      '--boxes',
      '--points',
      '--out',
      '--draw',
      '--json',
      '--backend',
      '--max-pixels',
    ]) {
      expect(written.stdout).toContain(option);
    }
    expect(written.stderr).toBe('');
  });

  it('--help of evaluate lists its subcommands and their options', async () => {
    expect(await run('evaluate', '--help')).toBe(0);
    expect(written.stdout).toContain('lowres-landmarks evaluate');
    expect(written.stdout).toMatch(/^ +landmarks \[options\] +Evaluate/m);
    written.stdout = '';
    expect(await run('evaluate', 'landmarks', '--help')).toBe(0);
    expect(written.stdout).toContain('lowres-landmarks evaluate landmarks');
    expect(written.stdout).toContain('--setting');
  });

  it.each([
    ['train', '--preset <name>', trainingPresets],
    ['evaluate landmarks', '--setting <name>', trainingPresets.slice(1)],
  ] as const)('offers all that %s knows in the help of %s', async (words, option, presets) => {
    await run(...words.split(' '), '--help');
    const help = written.stdout.replace(/\s+/g, ' ');
    expect(help).toContain(option);
    expect(help).toContain(`(choices: ${presets.map((preset) => `"${preset}"`).join(', ')})`);
  });

  it('--help marks required options', async () => {
    await run('compare', '--help');
    expect(written.stdout).toMatch(/--out <folder> [^(]+\(required\)/);
    expect(written.stdout).not.toMatch(/--limit <number> [^(]+\(required\)/);
  });

  it.each([
    [[], 'Usage: lowres-landmarks [options] [command]'],
    [['detct'], "unknown command 'detct'\n(Did you mean detect?)\nSee lowres-landmarks --help."],
    [['toString'], "unknown command 'toString'"],
    [['evaluate'], 'Usage: lowres-landmarks evaluate [options] [command]'],
    [['evaluate', 'faces'], "unknown command 'faces'\nSee lowres-landmarks evaluate --help."],
    [['evaluate', 'landmarks'], "required option '--setting <name>' not specified"],
    [['train', 'S1', '--preset', 'S1', '--data', 'd', '--out', 'o'], "too many arguments for 'train'"],
    [['train', '--preset', 'S9'], "'S9' is invalid. Allowed choices are stage-one, S1"],
    [['train', '--epochs', 'many'], "option '--epochs <number>' argument 'many' is invalid. It must be a whole number"],
    [['compare', '--data', 'nowhere'], '--out'],
    [['detect'], "missing required argument 'images'\nSee lowres-landmarks detect --help."],
    [['detect', 'a.jpg', '--point', '5'], "unknown option '--point'\n(Did you mean --points?)"],
    [['detect', 'a.jpg', '--out'], "option '--out <path>' argument missing"],
    [['detect', 'a.jpg', '--points', '7'], "'7' is invalid. It must be 68, 19 or 5."],
    [['detect', 'a.jpg', '--out=a.txt'], '.json, .csv or .pts'],
    [['detect', 'nothing-*.jpg'], 'No image found in nothing-*.jpg'],
    [['detect', 'a.jpg', '--boxes', 'none.csv'], 'none.csv'],
  ])('exits with 2 and prints the reason for %j', async (words, reason) => {
    expect(await run(...words)).toBe(2);
    expect(written.stderr).toContain(reason);
    expect(written.stderr).not.toContain('    at ');
  });

  it('accepts options before and after images, and names that begin with - after --', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'boxes.csv'), 'file,x,y,width,height\na.png,1,2,3,no\n');
    // The boxes file is read after all options were understood, and fails here on purpose.
    expect(await run('detect', '--points=5', '--boxes', join(folder, 'boxes.csv'), '--', '-a.png')).toBe(2);
    expect(written.stderr).toContain('line 2: height is "no"');
  });
});

/** The packages and folders of `src/` that a module loads; with `lazily`, also those that it may load later. */
async function loadedBy(module: string, { lazily }: { lazily: boolean }): Promise<Set<string>> {
  const { metafile } = await build({
    ...{ entryPoints: [module], bundle: true, platform: 'node', format: 'esm', packages: 'external' },
    ...{ loader: { '.safetensors': 'empty' }, outdir: 'unused', write: false, metafile: true },
  });
  const loaded = new Set<string>();
  const visit = (path: string) => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const { path: next, kind } of metafile.inputs[path]?.imports ?? []) {
      if (lazily || kind === 'import-statement') visit(next);
    }
  };
  visit(module);
  return new Set([...loaded].map((path) => path.split('/').slice(0, 2).join('/')));
}

it('lowres-landmarks loads no tfjs for --help, and neither tfjs-layers nor training for detect', async () => {
  const help = await loadedBy('src/cli/command.ts', { lazily: false });
  expect(help).toContain('commander');
  for (const heavy of ['@tensorflow/tfjs-core', 'src/training', 'src/networks']) expect(help).not.toContain(heavy);
  const detection = await loadedBy('src/cli/run-detect.ts', { lazily: true });
  expect(detection).toContain('@tensorflow/tfjs-core');
  for (const heavy of ['@tensorflow/tfjs-layers', 'src/training', 'src/experiments']) {
    expect(detection).not.toContain(heavy);
  }
});

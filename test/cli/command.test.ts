import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runMain } from '../../src/cli/command.js';
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

describe('the command', () => {
  it('prints its version', async () => {
    expect(await run('--version')).toBe(0);
    expect(written.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('explains itself and its subcommands', async () => {
    expect(await run('--help')).toBe(0);
    expect(written.stdout).toContain('detect');
    written.stdout = '';
    expect(await run('detect', '--help')).toBe(0);
    for (const option of ['IMAGES', '--boxes', '--points', '--out', '--draw', '--json', '--backend', '--max-pixels']) {
      expect(written.stdout).toContain(option);
    }
    expect(written.stderr).toBe('');
  });

  it('explains commands of commands', async () => {
    expect(await run('evaluate', '--help')).toBe(0);
    expect(written.stdout).toContain('lowres-landmarks evaluate');
    expect(written.stdout).toContain('landmarks  ');
    written.stdout = '';
    expect(await run('evaluate', 'landmarks', '--help')).toBe(0);
    expect(written.stdout).toContain('lowres-landmarks evaluate landmarks');
    expect(written.stdout).toContain('--setting');
  });

  it.each([
    [[], 'No command was given: use detect, train, ablate'],
    [['detct'], 'There is no command "detct"'],
    [['toString'], 'There is no command "toString"'],
    [['evaluate'], 'No command was given after evaluate: use landmarks'],
    [['evaluate', 'faces'], 'There is no command "evaluate faces"'],
    [['evaluate', 'landmarks'], '--setting'],
    [['evaluate', 'landmarks', '--seting', 'S1'], "Unknown option '--seting'"],
    [['compare', '--data', 'nowhere'], '--out'],
    [['detect'], 'IMAGES'],
    [['detect', 'a.jpg', '--point', '5'], "Unknown option '--point'"],
    [['detect', 'a.jpg', '--out'], "'--out <value>' argument missing"],
    [['detect', 'a.jpg', '--points', '7'], '--points takes 68, 19 or 5'],
    [['detect', 'a.jpg', '--out=a.txt'], '.json, .csv or .pts'],
    [['detect', 'nothing-*.jpg'], 'No image found in nothing-*.jpg'],
    [['detect', 'a.jpg', '--boxes', 'none.csv'], 'none.csv'],
  ])('exits with 2 and says why: %j', async (words, reason) => {
    expect(await run(...words)).toBe(2);
    expect(written.stderr).toContain(reason);
    expect(written.stderr).not.toContain('    at ');
  });

  it('takes options before and after images, and negative-looking names after --', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'boxes.csv'), 'file,x,y,width,height\na.png,1,2,3,no\n');
    // The boxes file is read after all options were understood, and fails here on purpose.
    expect(await run('detect', '--points=5', '--boxes', join(folder, 'boxes.csv'), '--', '-a.png')).toBe(2);
    expect(written.stderr).toContain('line 2: height is "no"');
  });
});

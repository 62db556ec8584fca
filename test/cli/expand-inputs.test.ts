import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expandInputs } from '../../src/cli/expand-inputs.js';
import { InvalidArgumentError } from '../../src/errors.js';
import { temporaryFolder } from '../support/temporary-folder.js';

async function photographs(): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'day2'));
  await mkdir(join(folder, 'empty'));
  for (const name of ['b.JPG', 'a.jpeg', 'a.pts', 'notes.txt', 'day2/c.webp', 'day2/[odd].png', 'broken.bmp']) {
    await writeFile(join(folder, name), '');
  }
  return folder;
}

describe('expandInputs', () => {
  it('finds images in a folder and its subfolders by ending, in any case, sorted', async () => {
    const folder = await photographs();
    expect(await expandInputs([folder])).toEqual(
      ['a.jpeg', 'b.JPG', 'day2/[odd].png', 'day2/c.webp'].map((name) => join(folder, name)),
    );
  });

  it('expands a glob pattern', async () => {
    const folder = await photographs();
    expect(await expandInputs([`${folder}/*.{jpeg,JPG}`])).toEqual([join(folder, 'a.jpeg'), join(folder, 'b.JPG')]);
    expect(await expandInputs([`${folder}/**/*.webp`])).toEqual([join(folder, 'day2/c.webp')]);
    expect(await expandInputs([`${folder}/a.*`])).toEqual([join(folder, 'a.jpeg')]); // Without a.pts.
  });

  it('keeps a named file, whatever its ending and whether or not it exists', async () => {
    const folder = await photographs();
    const named = ['notes.txt', 'broken.bmp', 'day2/[odd].png', 'missing.jpg'].map((name) => join(folder, name));
    expect(await expandInputs(named)).toEqual(named);
  });

  it('lists each file once, where it comes first', async () => {
    const folder = await photographs();
    const b = join(folder, 'b.JPG');
    expect((await expandInputs([b, folder, b])).slice(0, 2)).toEqual([b, join(folder, 'a.jpeg')]);
    expect(await expandInputs([b, folder, b])).toHaveLength(4);
  });

  it('refuses folders and patterns without images', async () => {
    const folder = await photographs();
    await expect(expandInputs([join(folder, 'empty')])).rejects.toThrow(InvalidArgumentError);
    await expect(expandInputs([folder, `${folder}/*.txt`])).rejects.toThrow(`No image found in ${folder}/*.txt`);
  });
});

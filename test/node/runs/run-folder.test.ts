import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../../src/errors.js';
import { createRunFolder } from '../../../src/node/runs/run-folder.js';
import { subStore } from '../../../src/training-loop/run-store.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('createRunFolder', () => {
  it('creates the folder, or uses an existing one with its files', async () => {
    const folder = join(await temporaryFolder(), 'runs', 'first');
    const store = await createRunFolder(relative(process.cwd(), folder));
    expect(store.location).toBe(folder);
    await store.write('a.txt', 'kept');
    const again = await createRunFolder(folder);
    expect(new TextDecoder().decode(await again.read('a.txt'))).toBe('kept');
  });

  it('writes whole files, also in folders, appends lines, and reads them back', async () => {
    const folder = await temporaryFolder();
    const store = await createRunFolder(folder);
    await store.write('pictures/epoch-001.png', Uint8Array.from([7, 8]));
    await store.append('metrics.jsonl', '1\n');
    await store.append('metrics.jsonl', '2\n');
    expect(await readFile(join(folder, 'metrics.jsonl'), 'utf8')).toBe('1\n2\n');
    expect([...(await store.read('pictures/epoch-001.png'))!]).toEqual([7, 8]);
    await store.write('metrics.jsonl', '1\n');
    expect(new TextDecoder().decode(await store.read('metrics.jsonl'))).toBe('1\n');
    expect((await readdir(folder)).sort()).toEqual(['metrics.jsonl', 'pictures']);
  });

  it('reads a missing file as undefined, and passes other errors on', async () => {
    const folder = await temporaryFolder();
    const store = await createRunFolder(folder);
    expect(await store.read('checkpoint.safetensors')).toBeUndefined();
    await mkdir(join(folder, 'folder'));
    await expect(store.read('folder')).rejects.toThrow();
  });

  it('refuses a path where a file is in the way', async () => {
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, 'x');
    for (const path of [file, join(file, 'run')]) {
      await expect(createRunFolder(path)).rejects.toThrow(InvalidArgumentError);
      await expect(createRunFolder(path)).rejects.toThrow(path);
    }
  });
});

describe('subStore', () => {
  it('keeps files, pictures and appended lines under its name', async () => {
    const folder = await temporaryFolder();
    const part = subStore(subStore(await createRunFolder(folder), 'end-to-end'), 'S4');
    expect(part.location).toBe(join(folder, 'end-to-end', 'S4'));
    await part.append('metrics.jsonl', '1\n');
    await part.write('a.txt', 'kept');
    await part.writeImage!('pictures/epoch-001', { data: new Uint8Array(12), width: 2, height: 2 });
    expect(new TextDecoder().decode(await part.read('a.txt'))).toBe('kept');
    expect((await readdir(join(folder, 'end-to-end/S4'))).sort()).toEqual(['a.txt', 'metrics.jsonl', 'pictures']);
    expect(await readdir(join(folder, 'end-to-end/S4/pictures'))).toEqual(['epoch-001.png']);
  });
});

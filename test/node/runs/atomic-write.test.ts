import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeFileAtomic } from '../../../src/node/runs/atomic-write.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const MEGABYTE = 1 << 20;

describe('writeFileAtomic', () => {
  it('writes bytes and text, replaces the old file, and leaves no other', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'file');
    await writeFileAtomic(path, 'größer');
    expect(await readFile(path, 'utf8')).toBe('größer');
    await writeFileAtomic(path, Uint8Array.from([1, 2, 255]));
    expect([...(await readFile(path))]).toEqual([1, 2, 255]);
    await writeFileAtomic(path, '');
    expect((await readFile(path)).length).toBe(0);
    expect(await readdir(folder)).toEqual(['file']);
  });

  it('creates missing folders', async () => {
    const folder = await temporaryFolder();
    await writeFileAtomic(join(folder, 'a', 'b', 'c.txt'), 'deep');
    expect(await readFile(join(folder, 'a', 'b', 'c.txt'), 'utf8')).toBe('deep');
  });

  it('keeps the old file, and no temporary one, when the content fails midway', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'file');
    await writeFileAtomic(path, 'old');
    function* failing() {
      yield new Uint8Array(MEGABYTE);
      throw new Error('no more data');
    }
    await expect(writeFileAtomic(path, failing() as never)).rejects.toThrow('no more data');
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['file']);
  });

  it('leaves no temporary file when it cannot be renamed', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'taken', 'inside'), { recursive: true });
    await expect(writeFileAtomic(join(folder, 'taken'), 'x')).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['taken']);
    await writeFile(join(folder, 'file'), 'not a folder');
    await expect(writeFileAtomic(join(folder, 'file', 'x'), 'x')).rejects.toThrow();
    expect((await readdir(folder)).sort()).toEqual(['file', 'taken']);
  });

  it('never shows a reader half a file while several write', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'file');
    const contents = Array.from({ length: 6 }, (_, i) => new Uint8Array(MEGABYTE * (1 + (i % 3))).fill(65 + i));
    await writeFileAtomic(path, contents[0]!);
    let isWriting = true;
    const seen = new Set<string>();
    const reader = (async () => {
      while (isWriting) {
        const file = await readFile(path);
        seen.add(`${file.length} of ${[...new Set(file)].join()}`);
      }
    })();
    await Promise.all(contents.map((content) => writeFileAtomic(path, content)));
    isWriting = false;
    await reader;
    const whole = contents.map((content) => `${content.length} of ${content[0]}`);
    for (const what of seen) expect(whole).toContain(what);
    const last = await readFile(path);
    expect(whole).toContain(`${last.length} of ${last[0]}`);
    expect(await readdir(folder)).toEqual(['file']);
  });
});

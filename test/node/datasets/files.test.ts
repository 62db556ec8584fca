import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DatasetError } from '../../../src/errors.js';
import { filesIn, findFolder, nameKey, pathFinder } from '../../../src/node/datasets/files.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('nameKey', () => {
  it('is one for capitals, normal forms and separators', () => {
    expect(nameKey('LFPW\\TestSet\\J\u00fcrgen.JPG')).toBe(nameKey('lfpw/testset/ju\u0308rgen.jpg'));
    expect(nameKey('a.jpg')).not.toBe(nameKey('a.jpeg'));
  });

  it('is the same for a name taken apart and put together, and the key of itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const key = nameKey(name);
        expect([nameKey(name.normalize('NFD')), nameKey(key)]).toEqual([key, key]);
      }),
    );
  });
});

describe('pathFinder', () => {
  it('prefers the path as it is spelled', () => {
    const find = pathFinder(['A.png', 'a.png', 'B.png']);
    expect(['A.png', 'a.png', 'b.png', 'c.png'].map(find)).toEqual(['A.png', 'a.png', 'B.png', undefined]);
  });
});

describe('findFolder', () => {
  it('finds subfolders in any spelling, and no files', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'Helen', 'TESTSET'), { recursive: true });
    await writeFile(join(folder, 'afw'), '');
    expect(await findFolder(folder, 'helen/testset')).toBe(join(folder, 'Helen', 'TESTSET'));
    expect(await findFolder(folder, 'afw')).toBeUndefined();
    expect(await findFolder(folder, 'ibug')).toBeUndefined();
    expect(await findFolder(join(folder, 'none'), 'ibug')).toBeUndefined();
  });

  it('refuses to choose between two spellings', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'afw'));
    await mkdir(join(folder, 'AFW'));
    const find = findFolder(folder, 'afw');
    await expect(find).rejects.toThrow(DatasetError);
    await expect(find).rejects.toThrow(/(AFW and afw|afw and AFW): keep one of them/);
  });
});

describe('filesIn', () => {
  it('lists files of some endings at any depth, without excluded folders, in any spelling', async () => {
    const folder = await temporaryFolder();
    const names = ['a.PTS', 'deep/er/b.pts', 'deep/c.jpg', 'TestSet/d.pts', 'deep/testset/e.pts', 'pts'];
    for (const name of names) {
      await mkdir(join(folder, name, '..'), { recursive: true });
      await writeFile(join(folder, name), '');
    }
    expect(await filesIn(folder, ['pts'], ['testset'])).toEqual(['a.PTS', 'deep/er/b.pts'].map((x) => join(folder, x)));
  });
});

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { groupsOf } from '../../../src/datasets/dataset-tools.js';
import { DatasetError, InvalidArgumentError } from '../../../src/errors.js';
import { openIdentificationSets } from '../../../src/node/datasets/identification-sets.js';
import { writeYouTubeFaces } from '../../support/faces/data-folders.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** Twelve people of two videos with a frame each. */
async function folderOfPeople(): Promise<string> {
  const folder = await temporaryFolder();
  const frames = Array.from({ length: 12 }, (_, i) => [0, 1].map((video) => `Person_${i}_${video}0.png`)).flat();
  await writeYouTubeFaces(join(folder, 'ytf'), { training: frames, test: [] });
  return folder;
}

describe('openIdentificationSets', () => {
  it('shrinks faces of YouTube Faces if there is no TinyFace, and keeps some of the people on request', async () => {
    const folder = await folderOfPeople();
    const all = await openIdentificationSets(folder);
    expect(all.source).toContain('YouTube Faces');
    const everybody = [...groupsOf(all.probes)].sort();
    expect(everybody.length).toBeGreaterThan(2);
    expect([...groupsOf(all.gallery)].sort()).toEqual(everybody);
    expect(everybody.some((person) => groupsOf(all.training).has(person))).toBe(false);

    const some = await openIdentificationSets(folder, { people: 2 });
    expect([...groupsOf(some.probes)]).toEqual(everybody.slice(0, 2));
    expect(some.gallery.length).toBe(2);
    expect(some.gallery.group(1)).toBe(some.gallery.group(1));
    expect((await some.probes.get(0)).id).toBe((await all.probes.get(0)).id);
    expect(some.training.length).toBe(all.training.length);
  });

  it('prefers TinyFace, and refuses an incomplete one', async () => {
    const folder = await folderOfPeople();
    await mkdir(join(folder, 'tinyface/Testing_Set'), { recursive: true });
    await expect(openIdentificationSets(folder)).rejects.toThrow(/Training_Set/);
  });

  it('refuses a folder without either dataset, and fewer than two people', async () => {
    await expect(openIdentificationSets(await temporaryFolder())).rejects.toThrow(DatasetError);
    for (const people of [1, 2.5, Number.NaN]) {
      await expect(openIdentificationSets('anywhere', { people })).rejects.toThrow(InvalidArgumentError);
    }
  });
});

import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LandmarkDataset } from '../../../src/datasets/dataset.js';
import { DatasetError } from '../../../src/errors.js';
import { openTrainingData } from '../../../src/node/datasets/data-folder.js';
import { open300W } from '../../../src/node/datasets/landmarks-300w.js';
import { open300WTestSets } from '../../../src/node/datasets/test-sets-300w.js';
import { write300WFace, writeYouTubeFaces } from '../../support/faces/data-folders.js';
import { sharedData } from '../../support/shared-data.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const groups = (dataset: LandmarkDataset) => Array.from({ length: dataset.length }, (_, i) => dataset.group(i));
const count = (items: readonly string[], wanted: string) => items.filter((item) => item === wanted).length;

async function dataFolder(): Promise<string> {
  const folder = await temporaryFolder();
  for (let face = 0; face < 12; face++) {
    await write300WFace(join(folder, '300w', 'helen', 'trainset'), `${1000 + face}_1`, face);
  }
  await write300WFace(join(folder, '300w', 'helen', 'testset'), '2000_1', 1);
  await write300WFace(join(folder, '300w', 'afw'), '3000_1', 1);
  await write300WFace(join(folder, '300w', 'ibug'), 'image_003_1', 1);
  await writeYouTubeFaces(join(folder, 'ytf'), { training: ['A_00.jpg', 'B_00.jpg', 'C_00.jpg'], test: ['A_10.jpg'] });
  return folder;
}

describe('openTrainingData', () => {
  it('draws human annotations three times as often as automatic ones', async () => {
    const { training, validation } = await openTrainingData(await dataFolder(), 0);
    const [drawn, held] = [groups(training), groups(validation)];
    for (let face = 0; face < 12; face++) {
      const name = `${1000 + face}`;
      expect([count(drawn, name), count(held, name)]).toEqual(held.includes(name) ? [0, 1] : [3, 0]);
    }
    expect([count(drawn, 'A'), count(held, 'A')]).toEqual(held.includes('A') ? [0, 2] : [2, 0]);
  });

  it('has no test face when folders are spelled in capitals, nor of the challenge', async () => {
    const folder = await temporaryFolder();
    const places = ['HELEN/TRAINSET', 'HELEN/TestSet', 'AFW', 'IBUG', '300W/01_Indoor', '300W/02_Outdoor'];
    for (const [index, place] of places.entries()) {
      for (const face of [0, 1]) await write300WFace(join(folder, '300W', place), `${index}x${face}`, index);
    }
    const { training, validation } = await openTrainingData(folder, 0);
    expect(new Set([...groups(training), ...groups(validation)])).toEqual(new Set(['0x0', '0x1']));
    const tests = await open300WTestSets(folder);
    expect(Object.entries(tests).map(([name, { length }]) => [name, length])).toEqual([
      ['common', 2],
      ['challenging', 2],
      ['full', 4],
      ['afw', 2],
    ]);
  });

  it('has no test face, and nobody on both sides, whatever the seed', async () => {
    const folder = await dataFolder();
    const splits = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const { training, validation } = await openTrainingData(folder, seed);
      const held = new Set(groups(validation));
      splits.add([...held].join());
      expect(groups(training).some((group) => held.has(group))).toBe(false);
      for (const test of ['2000', '3000', 'image_003']) expect([...groups(training), ...held]).not.toContain(test);
    }
    expect(splits.size).toBeGreaterThan(5);
  });

  it('reads a picture once, however often it is drawn', async () => {
    const folder = await dataFolder();
    const { training } = await openTrainingData(folder, 0);
    const face = groups(training)[0]!;
    const places = groups(training).flatMap((group, index) => (group === face ? [index] : []));
    const first = await training.get(places[0]!);
    await rm(join(folder, '300w'), { recursive: true });
    expect(await training.get(places[1]!)).toBe(first);
  });

  it.each(['300w', 'ytf'])('opens a folder with %s alone', async (part) => {
    const folder = await dataFolder();
    await rm(join(folder, part === 'ytf' ? '300w' : 'ytf'), { recursive: true });
    const { training, validation } = await openTrainingData(folder, 0);
    expect(new Set([...groups(training), ...groups(validation)]).size).toBe(part === 'ytf' ? 3 : 12);
  });

  it('opens ytf if 300w has test folders only', async () => {
    const folder = await dataFolder();
    await rm(join(folder, '300w', 'helen', 'trainset'), { recursive: true });
    const { training, validation } = await openTrainingData(folder, 0);
    expect(new Set([...groups(training), ...groups(validation)])).toEqual(new Set(['A', 'B', 'C']));
  });

  it('refuses a folder that is missing, empty or has test faces only, and names it', async () => {
    const folder = await temporaryFolder();
    await expect(openTrainingData(folder, 0)).rejects.toThrow(DatasetError);
    await expect(openTrainingData(join(folder, 'nowhere'), 0)).rejects.toThrow('nowhere has neither');
    await mkdir(join(folder, '300w'));
    await write300WFace(join(folder, '300w', 'afw'), '1_1', 1);
    await expect(openTrainingData(folder, 0)).rejects.toThrow(DatasetError);
  });
});

describe.skipIf(!sharedData)('openTrainingData on real data', () => {
  it("has 300-W's training faces three times, the frames once, nobody twice and nothing of AFW", async () => {
    const { training, validation } = await openTrainingData(sharedData!, 0);
    const held = new Set(groups(validation));
    expect(groups(training).some((group) => held.has(group))).toBe(false);
    const all = new Set([...groups(training), ...held]);
    const afw = await open300W(join(sharedData!, '300w', 'afw'));
    for (const photograph of groups(afw)) expect(all.has(photograph)).toBe(false);
    const helen = await open300W(join(sharedData!, '300w', 'helen', 'trainset'));
    const photographs = new Set(groups(helen));
    const isHelen = (group: string) => photographs.has(group);
    expect(groups(training).filter(isHelen).length / 3 + groups(validation).filter(isHelen).length).toBe(870);
    const frames = [...groups(training), ...groups(validation)].filter((group) => !isHelen(group));
    expect(frames).toHaveLength(3544);
    expect(basename((await training.get(0)).id)).toMatch(/\.jpg$/);
  });
});

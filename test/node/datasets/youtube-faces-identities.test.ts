import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/datasets/dataset.js';
import type { UnlabelledSample } from '../../../src/datasets/samples.js';
import { DatasetError, InvalidArgumentError } from '../../../src/errors.js';
import { faceBoxFromLandmarks } from '../../../src/landmarks/face-box.js';
import { boxSize } from '../../../src/metrics/normalizers.js';
import { openYouTubeFacesIdentities } from '../../../src/node/datasets/youtube-faces-identities.js';
import { writeYouTubeFaces } from '../../support/faces/data-folders.js';
import { sharedData } from '../../support/shared-data.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const PEOPLE = ['Ann_Lee', 'Bo', 'Cy_Day', 'Di', 'Ed_Om', 'Flo'];
const people = (dataset: Dataset<UnlabelledSample>) =>
  new Set(Array.from({ length: dataset.length }, (_, index) => dataset.group(index)));

/** Six people with two videos of two frames each, half of them named in both parts. */
async function folderOfPeople(): Promise<string> {
  const folder = await temporaryFolder();
  const files = (frames: string[]) => PEOPLE.flatMap((person) => frames.map((frame) => `${person}_${frame}.jpg`));
  await writeYouTubeFaces(folder, { training: files(['00', '01', '30']), test: files(['00', '31']) });
  return folder;
}

/** Small enough for the 30-pixel faces of the folder above. */
const size = { low: 10, high: 20 };

describe('openYouTubeFacesIdentities', () => {
  it('divides frames by person and video, from both parts', async () => {
    const sets = await openYouTubeFacesIdentities(await folderOfPeople(), { size });
    const { training, gallery, probes } = sets;
    expect(training.length + gallery.length + probes.length).toBe(30);
    expect(people(gallery)).toEqual(people(probes));
    expect([...people(training)].filter((person) => people(gallery).has(person))).toEqual([]);
    expect(new Set([...people(training), ...people(gallery)])).toEqual(new Set(PEOPLE));
    const { id } = await gallery.get(0);
    expect(id).toContain(`/${gallery.group(0)}_`);
    expect(gallery.group(0)).toBe(gallery.group(0));
  });

  it('makes faces of the given sizes, each the same every time it is read', async () => {
    const folder = await folderOfPeople();
    const { training } = await openYouTubeFacesIdentities(folder, { size });
    const again = await openYouTubeFacesIdentities(folder, { size });
    const sizes = new Set<number>();
    for (let index = 0; index < training.length; index++) {
      const face = await training.get(index);
      expect(await again.training.get(index)).toEqual(face);
      const side = boxSize(faceBoxFromLandmarks(face.points));
      // The image has a whole number of pixels: half of one in 20 at most.
      expect(side).toBeGreaterThan(10 * 0.97);
      expect(side).toBeLessThan(20 * 1.03);
      sizes.add(Math.round(side * 10));
    }
    expect(sizes.size).toBeGreaterThan(training.length / 2);
  });

  it('degrades frames of the same name in the two parts, and with another seed, differently', async () => {
    const folder = await folderOfPeople();
    const { training } = await openYouTubeFacesIdentities(folder, { size });
    const faces = await Promise.all(Array.from({ length: training.length }, (_, index) => training.get(index)));
    const pair = faces.filter(({ id }) => id.endsWith(`/${training.group(0)}_00.jpg`));
    expect(pair.map(({ id }) => id.split('/')[0])).toEqual(['training', 'test']);
    expect(pair[0]!.image).not.toEqual(pair[1]!.image);
    const other = await openYouTubeFacesIdentities(folder, { size, seed: 1 });
    const { training: training1, gallery, probes } = other;
    const all = [training1, gallery, probes].flatMap((set) => Array.from({ length: set.length }, (_, i) => set.get(i)));
    const same = (await Promise.all(all)).find(({ id }) => id === pair[0]!.id);
    expect(same!.image).not.toEqual(pair[0]!.image);
  });

  it('jitters boxes so that they do not give the landmarks away, unless asked for exact ones', async () => {
    const folder = await folderOfPeople();
    const jittered = (await openYouTubeFacesIdentities(folder, { size })).training;
    const exact = (await openYouTubeFacesIdentities(folder, { size, boxes: 'exact' })).training;
    for (let index = 0; index < exact.length; index++) {
      const [found, true_] = [await jittered.get(index), await exact.get(index)];
      expect(true_.box).toEqual(faceBoxFromLandmarks(true_.points));
      expect(found.image).toEqual(true_.image);
      const ratio = found.box.width / true_.box.width;
      expect(ratio).toBeGreaterThan(0.8);
      expect(ratio).toBeLessThan(1.25);
      const shift = found.box.x + found.box.width / 2 - (true_.box.x + true_.box.width / 2);
      expect(Math.abs(shift)).toBeLessThan(0.15 * true_.box.width);
      expect(Math.abs(shift)).toBeGreaterThan(0);
    }
  });

  it('never enlarges a face', async () => {
    const { probes } = await openYouTubeFacesIdentities(await folderOfPeople(), { size: { low: 500, high: 600 } });
    const { image } = await probes.get(0);
    expect([image.width, image.height]).toEqual([60, 50]);
  });

  it('refuses a frame that is listed twice or named without its video', async () => {
    const folder = await folderOfPeople();
    const list = join(folder, 'test_frames_keypoints.csv');
    const row = (await readFile(list, 'utf8')).split('\n')[1]!;
    await appendFile(list, `${row}\n`);
    await expect(openYouTubeFacesIdentities(folder)).rejects.toThrow('name test/Ann_Lee_00.jpg twice');
    await appendFile(list, `${row.replace('Ann_Lee_00', 'Ann_Lee')}\n`);
    await expect(openYouTubeFacesIdentities(folder)).rejects.toThrow(DatasetError);
  });

  it('refuses invalid sizes and shares, and too few people', async () => {
    const folder = await folderOfPeople();
    for (const bad of [
      { low: 0, high: 9 },
      { low: 9, high: 8 },
      { low: Number.NaN, high: 8 },
    ]) {
      await expect(openYouTubeFacesIdentities(folder, { size: bad })).rejects.toThrow(InvalidArgumentError);
    }
    await expect(openYouTubeFacesIdentities(folder, { testShare: 1.5 })).rejects.toThrow('not 1.5');
    const few = await temporaryFolder();
    await writeYouTubeFaces(few, { training: ['A_00.jpg'], test: ['B_00.jpg'] });
    await expect(openYouTubeFacesIdentities(few)).rejects.toThrow('0 of 2 people are left to identify');
  });
});

describe.skipIf(!sharedData)('openYouTubeFacesIdentities on real data', () => {
  it('has 129 people to train with and 160 to identify, on small faces with landmarks inside the picture', async () => {
    const { training, gallery, probes } = await openYouTubeFacesIdentities(join(sharedData!, 'ytf'));
    expect([training, gallery, probes].map(({ length }) => length)).toEqual([1592, 781, 1171]);
    expect([people(training).size, people(gallery).size]).toEqual([129, 160]);
    for (let index = 0; index < probes.length; index += 150) {
      const { image, points, box } = await probes.get(index);
      const size = boxSize(faceBoxFromLandmarks(points));
      expect(size).toBeGreaterThan(15.4);
      expect(size).toBeLessThan(33);
      expect(box.width).toBeLessThan(image.width);
      const inside = points.filter(({ x, y }) => x > 0 && y > 0 && x < image.width - 1 && y < image.height - 1);
      expect(inside.length).toBeGreaterThan(50);
    }
  });
});

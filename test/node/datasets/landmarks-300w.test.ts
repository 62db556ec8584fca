import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LandmarkDataset } from '../../../src/datasets/dataset.js';
import { DatasetError, ImageDecodeError } from '../../../src/errors.js';
import { open300W } from '../../../src/node/datasets/landmarks-300w.js';
import { points68, write300WFace } from '../../support/faces/data-folders.js';
import { sharedData } from '../../support/shared-data.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const indices = ({ length }: LandmarkDataset) => Array.from({ length }, (_, index) => index);

describe('open300W', () => {
  it('finds faces at any depth, in the order of their names, with JPEG and PNG images', async () => {
    const folder = await temporaryFolder();
    await write300WFace(join(folder, 'helen', 'trainset'), '200_1', 2, 'jpg');
    await write300WFace(join(folder, 'helen', 'trainset'), '100_1', 1);
    await write300WFace(join(folder, 'lfpw'), 'image_0001', 3, 'jpeg');
    const dataset = await open300W(folder);
    expect([dataset.length, dataset.scheme]).toEqual([3, 68]);
    const samples = await Promise.all(indices(dataset).map((index) => dataset.get(index)));
    expect(samples.map(({ id }) => id)).toEqual(['100_1.png', '200_1.jpg', 'image_0001.jpeg']);
  });

  it('takes endings in capitals, and the picture of the same spelling where there are two', async () => {
    const folder = await temporaryFolder();
    for (const [seed, stem] of ['a', 'b', 'c', 'C'].entries()) await write300WFace(folder, stem, seed);
    await rename(join(folder, 'a.png'), join(folder, 'a.PNG'));
    await rename(join(folder, 'b.pts'), join(folder, 'B.PTS'));
    const dataset = await open300W(folder);
    const samples = await Promise.all(indices(dataset).map((index) => dataset.get(index)));
    const found = samples.map(({ id, image, points }) => [id, image.data[0], points[0]]);
    expect(found).toEqual([
      ['b.png', 1, points68(1)[0]],
      ['C.png', 3, points68(3)[0]],
      ['a.PNG', 0, points68(0)[0]],
      ['c.png', 2, points68(2)[0]],
    ]);
  });

  it('reads a picture with its landmarks in pixels from 0', async () => {
    const folder = await temporaryFolder();
    const points = await write300WFace(folder, 'face_1', 40);
    const sample = await (await open300W(folder)).get(0);
    expect(sample.points).toEqual(points);
    const { data, width, height } = sample.image;
    expect([width, height]).toEqual([60, 50]);
    const at = (Math.round(points[0]!.y) * 60 + Math.round(points[0]!.x)) * 3;
    expect([...data.slice(at, at + 3)]).toEqual([255, 255, 255]);
  });

  it('leaves out excluded folders at any depth', async () => {
    const folder = await temporaryFolder();
    await write300WFace(join(folder, 'helen', 'trainset'), 'a_1', 1);
    await write300WFace(join(folder, 'helen', 'testset'), 'b_1', 2);
    await write300WFace(join(folder, 'afw'), 'c_1', 3);
    const dataset = await open300W(folder, { exclude: ['afw', 'testset'] });
    expect(indices(dataset).map((index) => dataset.group(index))).toEqual(['a']);
  });

  it('groups the faces of a photograph, and no others', async () => {
    const folder = await temporaryFolder();
    const stems = ['111076519_1', '111076519_2', '111076519_23', '3_1', 'image_0001', 'image_0002', 'plain'];
    for (const [seed, stem] of stems.entries()) await write300WFace(folder, stem, seed);
    const dataset = await open300W(folder);
    expect(indices(dataset).map((index) => dataset.group(index))).toEqual([
      '111076519',
      '111076519',
      '111076519',
      '3',
      'image_0001',
      'image_0002',
      'plain',
    ]);
  });

  it('refuses a folder without .pts files and an annotation without image, and says which', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'empty'));
    for (const missing of ['empty', 'not there']) {
      await expect(open300W(join(folder, missing))).rejects.toThrow(DatasetError);
      await expect(open300W(join(folder, missing))).rejects.toThrow(missing);
    }
    await write300WFace(folder, 'lonely_1', 1);
    await rm(join(folder, 'lonely_1.png'));
    await expect(open300W(folder)).rejects.toThrow(DatasetError);
    await expect(open300W(folder)).rejects.toThrow('lonely_1.pts');
  });

  it('refuses a malformed annotation, one of another number of points, and a broken image when it is read', async () => {
    const folder = await temporaryFolder();
    await write300WFace(folder, 'a_1', 1);
    await write300WFace(folder, 'b_1', 1);
    await write300WFace(folder, 'c_1', 1);
    await writeFile(join(folder, 'a_1.pts'), 'version: 1\nn_points: 68\n{\n1 2\n');
    await writeFile(join(folder, 'b_1.pts'), 'n_points: 2\n{\n1 2\n3 4\n}');
    await writeFile(join(folder, 'c_1.png'), 'no image');
    const dataset = await open300W(folder);
    await expect(dataset.get(0)).rejects.toThrow(DatasetError);
    await expect(dataset.get(0)).rejects.toThrow('a_1.pts');
    await expect(dataset.get(1)).rejects.toThrow(DatasetError);
    await expect(dataset.get(1)).rejects.toThrow(/b_1\.pts has 2 points/);
    await expect(dataset.get(2)).rejects.toThrow(ImageDecodeError);
  });
});

describe.skipIf(!sharedData)('open300W on real data', () => {
  it.each([
    ['helen/trainset', 870],
    ['afw', 337],
  ])('reads %s, whose landmarks lie in the pictures', async (part, count) => {
    const dataset = await open300W(join(sharedData!, '300w', part));
    expect(dataset.length).toBe(count);
    for (let index = 0; index < dataset.length; index += 40) {
      const { image, points } = await dataset.get(index);
      expect(points).toHaveLength(68);
      // Annotators guess a few points of the jaw outside the picture.
      const inside = points.filter(({ x, y }) => x > -0.5 && y > -0.5 && x < image.width && y < image.height);
      expect(inside.length).toBeGreaterThan(50);
      // Eyes above mouth, the left one at the image's left, nearly always.
      expect(points[36]!.x).toBeLessThan(points[45]!.x);
    }
  });
});

import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/datasets/dataset.js';
import type { UnlabelledSample } from '../../../src/datasets/samples.js';
import { DatasetError } from '../../../src/errors.js';
import { parseTinyFaceList } from '../../../src/formats/tiny-face-list.js';
import { openTinyFace } from '../../../src/node/datasets/tiny-face.js';
import { encodePng } from '../../../src/node/images/write-png.js';
import lists from '../../formats/scipy/tiny-face-lists.json' with { type: 'json' };
import { temporaryFolder } from '../../support/temporary-folder.js';

const list = (name: keyof typeof lists) => Buffer.from(lists[name], 'base64');
const identities = (dataset: Dataset<UnlabelledSample>) =>
  Array.from({ length: dataset.length }, (_, i) => dataset.group(i));

/** A picture (the name says JPEG, the content counts) of one colour. */
async function writePicture(path: string, red: number): Promise<void> {
  const [width, height] = [16, 20];
  const data = new Uint8Array(width * height * 3).map((_, i) => (i % 3 === 0 ? red : 0));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, encodePng({ data, width, height }));
}

const PICTURES = [
  'Training_Set/1/1_1.jpg',
  'Training_Set/1/1_2.jpg',
  'Training_Set/2/2_1.jpg',
  'Testing_Set/Gallery_Match/1_1.jpg',
  'Testing_Set/Gallery_Match/1_3.jpg',
  'Testing_Set/Gallery_Match/12_2.jpg',
  'Testing_Set/Probe/1_2.jpg',
  'Testing_Set/Probe/12_1.jpg',
  'Testing_Set/Gallery_Distractor/d_1.jpg',
  'Testing_Set/Gallery_Distractor/d_2.jpg',
];

/** TinyFace's layout in small. */
async function tinyFace(inside = '.'): Promise<string> {
  const folder = await temporaryFolder();
  const root = join(folder, inside);
  for (const [index, picture] of PICTURES.entries()) await writePicture(join(root, picture), 10 + index);
  await writeFile(join(root, 'Testing_Set/gallery_match_img_ID_pairs.mat'), list('gallery'));
  await writeFile(join(root, 'Testing_Set/probe_img_ID_pairs.mat'), list('probe'));
  return folder;
}

describe('openTinyFace', () => {
  it('opens all four sets, in the order of the lists and with their people', async () => {
    const { training, gallery, probes, distractors } = await openTinyFace(await tinyFace());
    expect(identities(training)).toEqual(['training/1', 'training/1', 'training/2']);
    expect(identities(gallery)).toEqual(['1', '1', '12']);
    expect(identities(probes)).toEqual(['12', '1']);
    expect([distractors?.length, distractors?.group(1)]).toEqual([2, 'Testing_Set/Gallery_Distractor/d_2.jpg']);
  });

  it("reads an entry's picture, with the whole picture as its box", async () => {
    const { probes, distractors } = await openTinyFace(await tinyFace());
    const { id, image, box } = await probes.get(0);
    expect([id, image.data[0]]).toEqual(['Testing_Set/Probe/12_1.jpg', 10 + PICTURES.indexOf(id)]);
    expect(box).toEqual({ x: 0, y: 0, width: 16, height: 20 });
    expect((await distractors!.get(0)).image.data[0]).toBe(18);
    await expect(probes.get(2)).rejects.toThrow('Sample 2 does not exist: the dataset has 2');
  });

  it('accepts the folder above, lists beside the evaluation code, and a folder without distractors', async () => {
    const folder = await tinyFace('tinyface');
    const root = join(folder, 'tinyface');
    await mkdir(join(root, 'Face_Identification_Evaluation'));
    for (const name of ['gallery_match_img_ID_pairs.mat', 'probe_img_ID_pairs.mat']) {
      await rename(join(root, 'Testing_Set', name), join(root, 'Face_Identification_Evaluation', name));
    }
    await rm(join(root, 'Testing_Set/Gallery_Distractor'), { recursive: true });
    const { probes, distractors } = await openTinyFace(folder);
    expect([probes.length, distractors]).toEqual([2, undefined]);
  });

  const writeProbes = (name: keyof typeof lists) => (root: string) =>
    writeFile(join(root, 'Testing_Set/probe_img_ID_pairs.mat'), list(name));
  it.each<[string, (root: string) => Promise<unknown>, string]>([
    ['a probe whose person is not in the gallery', writeProbes('probe, a stranger'), 'Probe/1_2.jpg (person 7) cannot'],
    ['a name that occurs twice', writeProbes('probe, twice'), 'row 2: 1_2.jpg occurs twice'],
    ['a list of another role', writeProbes('gallery'), 'no variable probe_set (but gallery_set, gallery_ids)'],
    [
      'a picture that is missing',
      (root) => rm(join(root, 'Testing_Set/Probe/1_2.jpg')),
      'Probe/1_2.jpg, which is missing',
    ],
    [
      'a picture in no list',
      (root) => writePicture(join(root, 'Testing_Set/Probe/9_9.jpg'), 1),
      'not list Testing_Set/Probe/9_9',
    ],
    [
      'a list that is missing',
      (root) => rm(join(root, 'Testing_Set/probe_img_ID_pairs.mat')),
      'probe_img_ID_pairs.mat is',
    ],
    [
      'a damaged list',
      (root) => writeFile(join(root, 'Testing_Set/probe_img_ID_pairs.mat'), 'no'),
      'not a MAT file of level',
    ],
    ['a person without pictures', (root) => mkdir(join(root, 'Training_Set/3')), 'Training_Set/3 has no picture'],
    ['a picture of no person', (root) => writePicture(join(root, 'Training_Set/x.jpg'), 1), 'x.jpg is in no person'],
    [
      'an empty training set',
      async (root) => {
        await rm(join(root, 'Training_Set'), { recursive: true });
        await mkdir(join(root, 'Training_Set'));
      },
      'Training_Set is empty',
    ],
    [
      'an empty folder of distractors',
      async (root) => {
        await rm(join(root, 'Testing_Set/Gallery_Distractor'), { recursive: true });
        await mkdir(join(root, 'Testing_Set/Gallery_Distractor'));
      },
      'Gallery_Distractor has no picture',
    ],
    [
      'a folder that is missing',
      (root) => rm(join(root, 'Training_Set'), { recursive: true }),
      'no folder Training_Set',
    ],
  ])('refuses %s, and says which', async (_what, damage, message) => {
    const folder = await tinyFace();
    await damage(folder);
    await expect(openTinyFace(folder)).rejects.toThrow(DatasetError);
    await expect(openTinyFace(folder)).rejects.toThrow(message);
  });
});

describe('parseTinyFaceList', () => {
  it('reads names in a character matrix, with their folder, and identities in cells', async () => {
    expect(await parseTinyFaceList(list('probe, other forms'), 'probe', 'a.mat')).toEqual([
      { file: '12_1.jpg', identity: '12' },
      { file: '1_2.jpg', identity: '1' },
    ]);
  });

  it.each<[keyof typeof lists, string]>([
    ['probe, too few identities', 'a.mat has 2 names and 1 identities'],
    ['probe, empty', 'a.mat has 0 names'],
    ['probe, nested', 'a.mat: the variable probe_set has no single name or number in row 1'],
  ])('refuses the list "%s"', async (name, message) => {
    await expect(parseTinyFaceList(list(name), 'probe', 'a.mat')).rejects.toThrow(DatasetError);
    await expect(parseTinyFaceList(list(name), 'probe', 'a.mat')).rejects.toThrow(message);
  });
});

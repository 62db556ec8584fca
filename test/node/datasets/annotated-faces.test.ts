import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DatasetError } from '../../../src/errors.js';
import { openAnnotatedFaces } from '../../../src/node/datasets/annotated-faces.js';
import { encodePng } from '../../../src/node/images/write-png.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const HEADER = 'file,x,y,width,height,x1,y1,x2,y2,x3,y3,x4,y4,x5,y5';
const ROWS = [
  'faces/0.png,2,3,18,20,6,9,15,9,10,14,7,18,14,18',
  'faces/1.png,0,0,9,9,-1,-1,5,2,4,4,3,6,5,6',
  'faces/0.png,12,3,9,9,13,5,17,5,15,7,14,9,16,9',
];

async function folderWith(lists: Record<string, string>): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'faces'));
  for (const red of [0, 1]) {
    const data = new Uint8Array(30 * 24 * 3).fill(red);
    await writeFile(join(folder, `faces/${red}.png`), encodePng({ data, width: 30, height: 24 }));
  }
  for (const [name, text] of Object.entries(lists)) await writeFile(join(folder, name), text);
  return folder;
}

const list = (...rows: string[]) => [HEADER, ...rows, ''].join('\n');

describe('openAnnotatedFaces', () => {
  it('reads faces with box and points, from a folder or its list', async () => {
    const folder = await folderWith({ 'alrf.csv': list(...ROWS) });
    for (const path of [folder, join(folder, 'alrf.csv')]) {
      const faces = await openAnnotatedFaces(path);
      expect([faces.length, faces.scheme]).toEqual([3, 5]);
      const { id, image, box, points } = await faces.get(1);
      expect([id, image.width, image.data[0]]).toEqual(['faces/1.png', 30, 1]);
      expect(box).toEqual({ x: 0, y: 0, width: 9, height: 9 });
      expect([points[0], points[4]]).toEqual([
        { x: Number.NaN, y: Number.NaN },
        { x: 5, y: 6 },
      ]);
      expect((await faces.get(2)).box).toEqual({ x: 12, y: 3, width: 9, height: 9 });
    }
  });

  it('distinguishes faces of one picture, in one group unless the list has groups', async () => {
    const faces = await openAnnotatedFaces(await folderWith({ 'index.csv': list(...ROWS), 'other.csv': '' }));
    expect((await faces.get(2)).id).toBe('faces/0.png#2');
    expect([faces.group(0), faces.group(2)]).toEqual(['faces/0.png', 'faces/0.png']);
    const named = `${HEADER},group\n${ROWS[0]},Ann\n${ROWS[1]},\n`;
    const people = await openAnnotatedFaces(await folderWith({ 'a.csv': named }));
    expect([people.group(0), people.group(1)]).toEqual(['Ann', 'faces/1.png']);
  });

  it('does not change when a caller changes a sample', async () => {
    const faces = await openAnnotatedFaces(await folderWith({ 'a.csv': list(...ROWS) }));
    const given = await faces.get(0);
    given.points[0]!.x = 99;
    given.box.x = 99;
    expect((await faces.get(0)).points[0]).toEqual({ x: 6, y: 9 });
    expect((await faces.get(0)).box.x).toBe(2);
  });

  it.each<[string, Record<string, string>, string]>([
    [
      'a picture that is missing',
      { 'a.csv': list(ROWS[0]!, ROWS[1]!.replace('1.png', '7.png')) },
      'line 3: there is no picture "faces/7.png"',
    ],
    [
      'a folder for a picture',
      { 'a.csv': list(ROWS[0]!.replace('/0.png', '')) },
      'line 2: there is no picture "faces"',
    ],
    ['two lists of which none is the index', { 'a.csv': list(), 'b.csv': list() }, 'has a.csv, b.csv: give the path'],
    ['a folder without list', {}, 'has no CSV'],
    ['a malformed list', { 'a.csv': 'file,x\n' }, 'columns for 0 points'],
  ])('refuses %s, and says where', async (_what, lists, message) => {
    const folder = await folderWith(lists);
    await expect(openAnnotatedFaces(folder)).rejects.toThrow(DatasetError);
    await expect(openAnnotatedFaces(folder)).rejects.toThrow(message);
  });

  it('refuses a missing list, a box outside its picture and an index out of range', async () => {
    const folder = await folderWith({ 'a.csv': list(ROWS[0]!.replace('2,3,', '200,3,')) });
    await expect(openAnnotatedFaces(join(folder, 'b.csv'))).rejects.toThrow('b.csv cannot be read');
    const faces = await openAnnotatedFaces(folder);
    await expect(faces.get(0)).rejects.toThrow(DatasetError);
    await expect(faces.get(0)).rejects.toThrow(/faces\/0\.png: Box .* lies outside the image of 30 x 24/);
    await expect(faces.get(1)).rejects.toThrow('Sample 1 does not exist: the dataset has 1');
  });
});

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DatasetError } from '../../../src/errors.js';
import { openEvaluationFaces } from '../../../src/node/datasets/evaluation-faces.js';
import { open300WTestSets } from '../../../src/node/datasets/test-sets-300w.js';
import { encodePng } from '../../../src/node/images/write-png.js';
import { write300WFace } from '../../support/faces/data-folders.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** Four native faces of 16 x 25 px: of size 20. */
async function nativeFaces(): Promise<string> {
  const folder = await temporaryFolder();
  const rows = ['file,x,y,width,height,x1,y1,x2,y2,x3,y3,x4,y4,x5,y5'];
  for (const index of [0, 1, 2, 3]) {
    const image = { data: new Uint8Array(40 * 40 * 3).fill(index), width: 40, height: 40 };
    await writeFile(join(folder, `${index}.png`), encodePng(image));
    rows.push(`${index}.png,5,6,16,25,8,12,17,12,12,18,-1,-1,16,24`);
  }
  await writeFile(join(folder, 'index.csv'), `${rows.join('\n')}\n`);
  return folder;
}

describe('openEvaluationFaces', () => {
  it('opens annotated faces as they are, with the size of their boxes', async () => {
    const folder = await nativeFaces();
    for (const place of [folder, join(folder, 'index.csv')]) {
      const faces = await openEvaluationFaces(place);
      expect([faces.length, faces.scheme, faces.normalizer]).toEqual([4, 5, 'face box']);
      const { image, points, ...face } = await faces.face(2);
      const box = { x: 5, y: 6, width: 16, height: 25 };
      expect(face).toEqual({ id: '2.png', group: '2.png', box, size: 20, normalizer: 20 });
      expect([image.data[0], points[0], points[3]!.x]).toEqual([2, { x: 8, y: 12 }, Number.NaN]);
    }
  });

  it('jitters boxes on request, the same way every time, and spreads a limited number over the list', async () => {
    const folder = await nativeFaces();
    const jittered = await openEvaluationFaces(folder, { boxes: 'jittered', limit: 2 });
    expect(jittered.length).toBe(2);
    const face = await jittered.face(1);
    expect(face).toMatchObject({ id: '2.png', size: 20 });
    expect(face.box).not.toEqual({ x: 5, y: 6, width: 16, height: 25 });
    expect(face.box.width / face.box.height).toBeCloseTo(16 / 25, 9);
    expect(await jittered.face(1)).toEqual(face);
    const other = await openEvaluationFaces(folder, { boxes: 'jittered', limit: 2, seed: 1 });
    expect((await other.face(1)).box).not.toEqual(face.box);
  });

  it('shrinks the test photographs of a data folder', async () => {
    const data = await temporaryFolder();
    await mkdir(join(data, '300w', 'ibug'), { recursive: true });
    await write300WFace(join(data, '300w', 'ibug'), 'face_1', 1);
    const faces = await openEvaluationFaces(data, { sizes: [{ low: 13, high: 14 }] });
    expect(faces.length).toBe(1);
    expect((await faces.face(0)).id).toBe('face_1.png at 13-14');
  });

  it('refuses a place without faces, and names it', async () => {
    const folder = await temporaryFolder();
    await expect(openEvaluationFaces(folder)).rejects.toThrow(DatasetError);
    await expect(openEvaluationFaces(folder)).rejects.toThrow(`${folder} has no 300-W test faces`);
    await expect(openEvaluationFaces('nowhere.csv')).rejects.toThrow('nowhere.csv');
  });
});

describe('open300WTestSets', () => {
  it('joins the folders of a set, and has "full" only with both of its parts', async () => {
    const data = await temporaryFolder();
    for (const [index, name] of ['lfpw/testset', 'helen/testset', 'helen/trainset'].entries()) {
      await mkdir(join(data, '300w', name), { recursive: true });
      await write300WFace(join(data, '300w', name), `face_${index}`, index);
    }
    const common = await open300WTestSets(data);
    expect(Object.keys(common)).toEqual(['common']);
    expect(common.common!.length).toBe(2);
    await mkdir(join(data, '300w', 'ibug'));
    await write300WFace(join(data, '300w', 'ibug'), 'face_9', 9);
    expect((await open300WTestSets(data)).full!.length).toBe(3);
    await expect(open300WTestSets(await temporaryFolder())).rejects.toThrow('no test faces of 300-W');
  });
});

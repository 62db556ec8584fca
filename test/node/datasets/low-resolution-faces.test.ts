import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DatasetError } from '../../../src/errors.js';
import { openUnlabelledData } from '../../../src/node/datasets/data-folder.js';
import { openLowResolutionFaces } from '../../../src/node/datasets/low-resolution-faces.js';
import { encodePng } from '../../../src/node/images/write-png.js';
import { sharedData } from '../../support/shared-data.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

async function writePicture(path: string, red: number, width = 30, height = 24): Promise<void> {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i += 3) data[i] = red;
  await writeFile(path, encodePng({ data, width, height }));
}

async function folderWith(index?: string, pictures = 3): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'faces'));
  for (let i = 0; i < pictures; i++) await writePicture(join(folder, 'faces', `${i}.png`), 50 * i);
  if (index !== undefined) await writeFile(join(folder, 'index.csv'), index);
  return folder;
}

const HEADER = 'file,x,y,width,height,kind,source';

describe('openLowResolutionFaces', () => {
  it('finds the pictures of an index whatever their capitals, accents and separators', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'a'));
    await mkdir(join(folder, 'b'));
    await writePicture(join(folder, 'a', 'ONE.PNG'), 1);
    await writePicture(join(folder, 'b', 'one.png'), 2);
    await writePicture(join(folder, 'b', 'Ju\u0308rgen.png'), 3);
    const rows = ['a\\one.png,1,1,9,9', 'b/one.png,1,1,9,9', 'j\u00fcrgen.png,1,1,9,9'];
    await writeFile(join(folder, 'index.csv'), `file,x,y,width,height\n${rows.join('\n')}\n`);
    const faces = await openLowResolutionFaces(folder);
    const reds = await Promise.all([0, 1, 2].map(async (index) => (await faces.get(index)).image.data[0]));
    expect(reds).toEqual([1, 2, 3]);
  });

  it('reads the faces of an index, with box, kind and photograph', async () => {
    const folder = await folderWith(
      `${HEADER}\n1.png,4,5.5,20,16,unmasked,street.jpg\n2.png,1,2,10,12,masked,crowd.jpg\n`,
    );
    const all = await openLowResolutionFaces(folder);
    expect([all.length, all.group(0), all.group(1)]).toEqual([2, 'street.jpg', 'crowd.jpg']);
    const { id, image, box } = await all.get(0);
    expect([id, image.width, image.data[0], box]).toEqual(['1.png', 30, 50, { x: 4, y: 5.5, width: 20, height: 16 }]);
    const unmasked = await openLowResolutionFaces(folder, { kinds: ['unmasked'] });
    expect(unmasked.length).toBe(1);
  });

  it('leaves out boxes mostly outside the picture, and keeps one slightly over the border', async () => {
    const rows = ['0.png,20,-30,20,40,,', '1.png,-2,2,20,20,,', '2.png,40,2,10,10,,'];
    const faces = await openLowResolutionFaces(await folderWith(`${HEADER}\n${rows.join('\n')}\n`));
    expect([faces.length, faces.group(0)]).toEqual([1, '1.png']);
    const none = openLowResolutionFaces(await folderWith(`${HEADER}\n${rows[2]}\n`));
    await expect(none).rejects.toThrow(/no face inside its picture/);
  });

  it('takes each picture for the crop of a face if there is no index', async () => {
    const faces = await openLowResolutionFaces(await folderWith());
    expect([faces.length, faces.group(2)]).toEqual([3, '2.png']);
    expect((await faces.get(2)).box).toEqual({ x: 5, y: 2, width: 20, height: 20 });
  });

  it('distinguishes pictures of the same name by their path, and refuses the name alone', async () => {
    const folder = await temporaryFolder();
    for (const [name, red] of [
      ['a', 10],
      ['b', 200],
    ] as const) {
      await mkdir(join(folder, name));
      await writePicture(join(folder, name, '0.png'), red);
    }
    const index = join(folder, 'index.csv');
    await writeFile(index, `${HEADER}\na/0.png,1,1,9,9,,\nb/0.png,1,1,9,9,,\n`);
    const faces = await openLowResolutionFaces(folder);
    expect([(await faces.get(0)).image.data[0], (await faces.get(1)).image.data[0]]).toEqual([10, 200]);
    await writeFile(index, `${HEADER}\n0.png,1,1,9,9,,\n`);
    const open = openLowResolutionFaces(folder);
    await expect(open).rejects.toThrow(DatasetError);
    await expect(open).rejects.toThrow('line 2: 2 pictures are called "0.png"');
  });

  it.each([
    ['NaN for a number', `${HEADER}\n0.png,1,1,9,9,,\n1.png,1,NaN,9,9,,\n`, 'line 3'],
    ['a missing cell', `${HEADER}\n0.png,1,1,9\n`, 'line 2'],
    ['an empty cell', `${HEADER}\n0.png,1,,9,9,,\n`, 'line 2'],
    ['a box without area', `${HEADER}\n0.png,1,1,0,9,,\n`, 'line 2'],
    ['a missing picture', `${HEADER}\n7.png,1,1,9,9,,\n`, 'there is no picture "7.png"'],
    ['a missing column', 'file,x,y,width\n0.png,1,1,9\n', 'no column "height"'],
    ['no text', '', 'no column'],
  ])('refuses an index with %s, and says where', async (_what, index, message) => {
    const open = openLowResolutionFaces(await folderWith(index));
    await expect(open).rejects.toThrow(DatasetError);
    await expect(open).rejects.toThrow(message);
  });

  it('refuses a folder without pictures, and one without faces of the kinds', async () => {
    await expect(openLowResolutionFaces(await folderWith(undefined, 0))).rejects.toThrow(/no picture/);
    const folder = await folderWith(`${HEADER}\n0.png,1,1,9,9,masked,\n`);
    await expect(openLowResolutionFaces(folder, { kinds: ['unmasked'] })).rejects.toThrow(/kinds unmasked/);
  });
});

describe('openUnlabelledData', () => {
  it('opens lowres in a data folder, however it is spelled, without masked faces', async () => {
    const count = async (folder: string) => {
      const { training, validation } = await openUnlabelledData(folder, 0);
      return training.length + validation.length;
    };
    const data = await temporaryFolder();
    await mkdir(join(data, 'LowRes'));
    for (const [index, name] of ['0.png', '1.png', '2.png'].entries()) {
      await writePicture(join(data, 'LowRes', name), index);
    }
    expect(await count(data)).toBe(3);
    const index = `${HEADER}\n0.png,1,1,9,9,unmasked,a\n1.png,1,1,9,9,masked,b\n2.png,1,1,9,9,detected,c\n`;
    await writeFile(join(data, 'LowRes', 'index.csv'), index);
    expect(await count(data)).toBe(2);
  });

  it('never takes other pictures of a data folder, such as its test sets, for real faces', async () => {
    const data = await temporaryFolder();
    await mkdir(join(data, '300w', 'afw'), { recursive: true });
    await writePicture(join(data, '300w', 'afw', 'one.png'), 1);
    await expect(openUnlabelledData(data, 0)).rejects.toThrow(DatasetError);
    await expect(openUnlabelledData(data, 0)).rejects.toThrow(/neither a folder lowres nor wider/);
  });

  it.skipIf(!sharedData)(
    'opens the real faces: 423 without a mask and in their pictures, WIDER’s 41 among them once, a fifth of the photographs held out',
    async () => {
      const { training, validation } = await openUnlabelledData(sharedData!, 0);
      expect(training.length + validation.length).toBe(423);
      expect(validation.length).toBeGreaterThan(40);
      const { image, box } = await training.get(0);
      expect(Math.min(image.width, image.height)).toBeGreaterThanOrEqual(box.width);
    },
  );
});

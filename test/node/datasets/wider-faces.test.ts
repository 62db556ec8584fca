import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DatasetError } from '../../../src/errors.js';
import { parseWiderFaceList } from '../../../src/formats/wider-face-list.js';
import { openWiderFaces } from '../../../src/node/datasets/wider-faces.js';
import { encodePng } from '../../../src/node/images/write-png.js';
import { sharedData } from '../../support/shared-data.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const LIST = `0--Parade/one.png
3
10 20 14 18 0 0 0 0 0 0${' '}
1 2 90 80 0 0 0 0 0 0
30 40 20 13 2 0 1 0 1 0
1--Handshaking/none.png
0
0 0 0 0 0 0 0 0 0 0
2--Riot/two.png
3
5 6 30 30 0 0 0 0 2 0
7 8 30 30 0 0 0 1 0 0
9 9 40 12 0 0 0 0 0 0
`;

/** Red says the column, green the row. */
function positions(): Uint8Array {
  return Uint8Array.from({ length: 100 * 100 * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return [pixel % 100, Math.floor(pixel / 100), 0][i % 3]!;
  });
}

async function widerFolder(
  list = LIST,
  pictures = ['0--Parade/one.png', '1--Handshaking/none.png', '2--Riot/two.png'],
) {
  const folder = await temporaryFolder();
  const all: [string, string | Uint8Array][] = pictures.map((name) => [
    join('WIDER_train/images', name),
    encodePng({ data: positions(), width: 100, height: 100 }),
  ]);
  all.push(['wider_face_split/wider_face_train_bbx_gt.txt', list]);
  for (const [name, content] of all) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

describe('parseWiderFaceList', () => {
  it('reads pictures with their faces or without any', () => {
    const [one, none, two] = parseWiderFaceList(LIST, 'list');
    expect(one!.faces.map(({ box }) => box.width)).toEqual([14, 90, 20]);
    expect(none).toEqual({ file: '1--Handshaking/none.png', faces: [] });
    expect(two!.faces.map(({ occlusion, invalid }) => [occlusion, invalid])).toEqual([
      [2, false],
      [0, true],
      [0, false],
    ]);
  });

  it('reads back whatever is written in its layout', () => {
    const face = fc.array(fc.nat(500), { minLength: 10, maxLength: 10 });
    const picture = fc.record({
      file: fc.stringMatching(/^[a-z0-9-]{1,12}\/[a-z_]{1,12}\.jpg$/),
      faces: fc.array(face, { maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(picture), (pictures) => {
        const text = pictures.map(({ file, faces }) => {
          const rows = faces.length > 0 ? faces : [Array(10).fill(0)];
          return `${file}\n${faces.length}\n${rows.map((row) => row.join(' ')).join('\n')}\n`;
        });
        const read = parseWiderFaceList(text.join(''), 'list');
        expect(read.map(({ file }) => file)).toEqual(pictures.map(({ file }) => file));
        expect(read.map(({ faces }) => faces.map(({ box }) => [box.x, box.y, box.width, box.height]))).toEqual(
          pictures.map(({ faces }) => faces.map((row) => row.slice(0, 4))),
        );
      }),
    );
  });

  it.each([
    ['a.jpg\nmany\n', 'line 2'],
    ['a.jpg\n', 'line 2'],
    ['a.jpg\n2\n1 1 1 1 0 0 0 0 0 0\n', 'ends within the faces of "a.jpg"'],
    ['a.jpg\n1\n1 1 1 1 0 0 0 0 0\n', 'line 3: expected 10 numbers'],
    ['a.jpg\n1\n1 1 x 1 0 0 0 0 0 0\n', 'line 3'],
  ])('refuses %j, and says where', (text, message) => {
    expect(() => parseWiderFaceList(text, 'list')).toThrow(DatasetError);
    expect(() => parseWiderFaceList(text, 'list')).toThrow(message);
  });
});

describe('openWiderFaces', () => {
  it('finds pictures whatever the capitals of their names', async () => {
    const pictures = ['0--Parade/one.PNG', '1--Handshaking/none.png', '2--RIOT/two.png'];
    expect((await openWiderFaces(await widerFolder(LIST, pictures))).length).toBe(
      (await openWiderFaces(await widerFolder())).length,
    );
  });

  it('takes the small visible faces, each with its photograph', async () => {
    const faces = await openWiderFaces(await widerFolder());
    expect(Array.from({ length: faces.length }, (_, index) => faces.group(index))).toEqual([
      'one.png',
      'one.png',
      'two.png',
    ]);
    const { image, box } = await faces.get(1);
    // 30 pixels to each side of its middle at (40, 46.5), as far as the picture goes.
    expect([image.width, image.height, box]).toEqual([60, 61, { x: 20, y: 24, width: 20, height: 13 }]);
    expect(Array.from(image.data.slice(0, 3))).toEqual([10, 16, 0]);
    const large = await openWiderFaces(await widerFolder(), { smallest: 41, largest: 200 });
    expect(large.length).toBe(1);
    await expect(openWiderFaces(await widerFolder(), { smallest: 500, largest: 600 })).rejects.toThrow(
      /no visible face of 500/,
    );
  });

  it('refuses a folder without annotations, and annotations without pictures', async () => {
    await expect(openWiderFaces(await temporaryFolder())).rejects.toThrow(/wider_face_split/);
    await expect(openWiderFaces(await widerFolder(LIST, []))).rejects.toThrow(/0--Parade\/one\.png/);
  });

  it.skipIf(!sharedData)('finds 41 faces of 12 to 40 pixels in the real scenes', async () => {
    expect((await openWiderFaces(join(sharedData!, 'wider'))).length).toBe(41);
  });
});

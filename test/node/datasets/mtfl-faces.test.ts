import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DatasetError, isLowResLandmarksError } from '../../../src/errors.js';
import { MEAN_FACE_68 } from '../../../src/evaluation/mean-shape-predictor.js';
import { parseMtflList } from '../../../src/formats/mtfl-list.js';
import { convertLandmarks } from '../../../src/landmarks/convert.js';
import { faceBoxFromLandmarks } from '../../../src/landmarks/face-box.js';
import { placeShape } from '../../../src/landmarks/mean-shape.js';
import { openMtfl } from '../../../src/node/datasets/mtfl-faces.js';
import { encodePng } from '../../../src/node/images/write-png.js';
import { sharedData } from '../../support/shared-data.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const points = [
  { x: 30, y: 23 },
  { x: 54, y: 23.5 },
  { x: 42, y: 31 },
  { x: 33, y: 46 },
  { x: 50, y: 45 },
];

describe('parseMtflList', () => {
  it("reads x of five points, then their y, with MTFL's attributes and backslashes", () => {
    const text =
      ' AFLW\\0001-image20056.jpg 30 54 42 33 50 23 23.5 31 46 45 1 2 2 3\r\nlfw_5590/Aaron_Guiel_0001.jpg 30 54 42 33 50 23 23.5 31 46 45\n';
    expect(parseMtflList(text, 'testing.txt')).toEqual([
      { file: 'AFLW/0001-image20056.jpg', points },
      { file: 'lfw_5590/Aaron_Guiel_0001.jpg', points },
    ]);
  });

  it('reads a point marked as not visible as NaN', () => {
    const [picture] = parseMtflList('a.jpg 30 -1 42 33 50 23 -1 31 46 45', 'testing.txt');
    expect(picture!.points).toEqual([points[0], { x: Number.NaN, y: Number.NaN }, ...points.slice(2)]);
  });

  it.each([
    ['a number too few', 'a.jpg 1 2 3 4 5 6 7 8 9 10\nb.jpg 1 2 3 4 5 6 7 8 9', 'testing.txt, line 2'],
    ['a word', 'a.jpg 1 2 3 4 five 6 7 8 9 10', 'testing.txt, line 1'],
    [
      'a picture twice',
      'a/b.jpg 1 2 3 4 5 6 7 8 9 10\n\na\\b.jpg 1 2 3 4 5 6 7 8 9 10',
      'line 3: a/b.jpg occurs twice',
    ],
    ['no picture', '\n \n', 'testing.txt has no picture'],
  ])('refuses %s, and says where', (_what, text, message) => {
    expect(() => parseMtflList(text, 'testing.txt')).toThrow(DatasetError);
    expect(() => parseMtflList(text, 'testing.txt')).toThrow(message);
  });

  it('returns pictures or throws a DatasetError for any text', () => {
    const word = fc.constantFrom('a.jpg', '1', '-2.5', '1e400', 'NaN', '\n', '\r\n', '\t');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word, { maxLength: 30 }).map((words) => words.join(' ')),
        ),
        (text) => {
          try {
            for (const picture of parseMtflList(text, 'a.txt')) expect(picture.points).toHaveLength(5);
          } catch (error) {
            expect(isLowResLandmarksError(error)).toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

async function folderWith(line: string): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'lfw_5590'));
  const picture = encodePng({ data: new Uint8Array(80 * 80 * 3).fill(9), width: 80, height: 80 });
  await writeFile(join(folder, 'lfw_5590/Aaron_Guiel_0001.jpg'), picture);
  await writeFile(join(folder, 'training.txt'), line);
  return folder;
}

const lineOf = (list: readonly { x: number; y: number }[]) =>
  ['lfw_5590/Aaron_Guiel_0001.jpg', ...list.map(({ x }) => x), ...list.map(({ y }) => y)].join(' ');

describe('openMtfl', () => {
  it('gives the mean face’s five points the box of its 68 landmarks', async () => {
    const box = { x: 21, y: 17, width: 34, height: 34 };
    const face = placeShape(MEAN_FACE_68, box);
    const faces = await openMtfl(await folderWith(lineOf(convertLandmarks(face, 68, 5))), 'training');
    const { image, box: found } = await faces.get(0);
    expect([faces.length, faces.scheme, image.width]).toEqual([1, 5, 80]);
    const expected = faceBoxFromLandmarks(face);
    for (const side of ['x', 'y', 'width', 'height'] as const) {
      expect(Math.abs(found[side] - expected[side])).toBeLessThan(1e-4);
    }
  });

  it('groups LFW by person and AFLW by photograph', async () => {
    const numbers = '30 54 42 33 50 23 23.5 31 46 45';
    const folder = await folderWith(`lfw_5590/Aaron_Guiel_0001.jpg ${numbers}\nAFLW/0012-image20056.jpg ${numbers}\n`);
    const faces = await openMtfl(folder, 'training');
    expect([faces.group(0), faces.group(1)]).toEqual(['Aaron_Guiel', 'image20056']);
    expect((await faces.get(0)).points).toEqual(points);
  });

  it('refuses a missing list or picture, and names it', async () => {
    const folder = await folderWith(lineOf(points));
    await expect(openMtfl(folder, 'testing')).rejects.toThrow('testing.txt cannot be read');
    const faces = await openMtfl(folder, 'training');
    await expect(faces.get(1)).rejects.toThrow('Sample 1 does not exist');
    await rm(join(folder, 'lfw_5590'), { recursive: true });
    await expect(faces.get(0)).rejects.toThrow('Aaron_Guiel_0001.jpg');
  });
});

describe.skipIf(!sharedData)('openMtfl on real data', () => {
  it('reads 4151 faces of LFW and 2995 of AFLW, eyes above mouths, boxes near the middle of the picture', async () => {
    for (const [part, length] of [
      ['training', 4151],
      ['testing', 2995],
    ] as const) {
      const faces = await openMtfl(join(sharedData!, 'mtfl'), part);
      expect(faces.length).toBe(length);
      for (let index = 0; index < length; index += 400) {
        const { image, points: found, box } = await faces.get(index);
        expect([image.width, image.height]).toEqual([80, 80]);
        expect(found[0]!.x).toBeLessThan(found[1]!.x);
        expect(found[0]!.y).toBeLessThan(found[3]!.y);
        expect(Math.hypot(box.x + box.width / 2 - 40, box.y + box.height / 2 - 40)).toBeLessThan(16);
        expect(box.width).toBeGreaterThan(20);
      }
    }
  });
});

import { describe, expect, it } from 'vitest';
import type { LandmarkDataset } from '../../../src/datasets/dataset.js';
import { faceBoxFromLandmarks } from '../../../src/landmarks/face-box.js';
import { shrinkFace } from '../../../src/node/datasets/shrink-face.js';
import { smallFaceSet } from '../../../src/node/datasets/small-face-set.js';
import { photograph } from '../../support/faces/photograph.js';

const dataset: LandmarkDataset = {
  scheme: 68,
  length: 4,
  get: async (index) => ({ ...photograph(), id: `photo-${index}` }),
  group: (index) => `group-${index}`,
};
const sizes = [
  { low: 12, high: 16 },
  { low: 30, high: 40 },
];

describe('smallFaceSet', () => {
  it('shrinks each photograph once for each size, to the same face every time', async () => {
    const small = smallFaceSet('small', dataset, { sizes });
    expect([small.length, small.scheme]).toEqual([8, 68]);
    const face = await small.face(5);
    expect([face.id, face.group]).toEqual(['photo-1 at 30-40', 'group-1']);
    expect(face.size).toBeGreaterThanOrEqual(30);
    const { image, points, exactBox } = await shrinkFace(await dataset.get(1), sizes[1]!, 1);
    expect(face).toMatchObject({ image, points, box: exactBox });
    // The landmarks' box lacks the forehead, an eighth of its height.
    expect(face.normalizer).toBeCloseTo(Math.sqrt((exactBox.width * exactBox.height) / 1.125), 9);
    expect(await small.face(5)).toBe(face);
    expect((await smallFaceSet('small', dataset, { sizes, seed: 1 }).face(5)).size).not.toBe(face.size);
  });

  it('has jittered boxes of the same faces on request', async () => {
    const exact = await smallFaceSet('exact', dataset, { sizes }).face(2);
    const jittered = await smallFaceSet('jittered', dataset, { sizes, boxes: 'jittered' }).face(2);
    expect({ ...jittered, box: exact.box }).toEqual(exact);
    expect(jittered.box).not.toEqual(faceBoxFromLandmarks(exact.points));
  });

  it('takes a limited number of photographs, spread over the dataset', async () => {
    const small = smallFaceSet('few', dataset, { sizes, limit: 2 });
    expect(small.length).toBe(4);
    expect((await small.face(1)).id).toBe('photo-2 at 12-16');
  });
});

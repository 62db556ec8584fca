import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datasetOf } from '../../src/datasets/dataset.js';
import { splitByGroup } from '../../src/datasets/dataset-tools.js';
import { splitForIdentification, type VideoFrame } from '../../src/datasets/identification-split.js';
import { DatasetError } from '../../src/errors.js';

/** Frames of people whose videos have so many frames each. */
function framesOf(people: Record<string, readonly number[]>): VideoFrame[] {
  return Object.entries(people).flatMap(([person, videos]) =>
    videos.flatMap((frames, video) => Array.from({ length: frames }, () => ({ person, video: String(video) }))),
  );
}

const crowd = fc
  .array(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 5 }), { minLength: 25, maxLength: 60 })
  .map((people) => framesOf(Object.fromEntries(people.map((videos, index) => [`person ${index}`, videos]))))
  .filter((frames) => new Set(frames.filter(({ video }) => video === '1').map(({ person }) => person)).size > 12);
const names = (frames: readonly VideoFrame[]) => new Set(frames.map(({ person }) => person));

describe('splitForIdentification', () => {
  it('uses every frame once, separates the people to train with, and a person’s gallery and probes by video', () => {
    fc.assert(
      fc.property(crowd, fc.nat(), (frames, seed) => {
        const { training, gallery, probes } = splitForIdentification(frames, 0.5, seed);
        expect(training.length + gallery.length + probes.length).toBe(frames.length);
        expect(names(gallery)).toEqual(names(probes));
        expect([...names(training)].filter((person) => names(gallery).has(person))).toEqual([]);
        const key = ({ person, video }: VideoFrame) => `${person}, video ${video}`;
        const enrolled = new Set(gallery.map(key));
        expect(probes.filter((frame) => enrolled.has(key(frame)))).toEqual([]);
      }),
    );
  });

  it('takes half of a person’s videos for the gallery, rounded down', () => {
    const frames = framesOf(
      Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`p${i}`, [1, 1, 1].concat(i % 2)])),
    );
    const { gallery, probes } = splitForIdentification(frames, 0.5, 3);
    for (const person of names(gallery)) {
      const videos = (list: VideoFrame[]) =>
        new Set(list.filter((f) => f.person === person).map(({ video }) => video)).size;
      expect([videos(gallery), videos(probes)]).toEqual(Number(person.slice(1)) % 2 ? [2, 2] : [1, 2]);
    }
  });

  it('trains with people of one video, and does not always enrol the same video', () => {
    const frames = framesOf(Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`p${i}`, i < 20 ? [3] : [1, 1]])));
    const { training, gallery } = splitForIdentification(frames, 0.5, 1);
    expect(Array.from({ length: 20 }, (_, i) => names(training).has(`p${i}`))).not.toContain(false);
    expect(new Set(gallery.map(({ video }) => video))).toEqual(new Set(['0', '1']));
  });

  it('keeps a person’s role when others come or go, and changes it with the seed', () => {
    const people = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`p${i}`, [2, 2, 2]]));
    const { p7: _left, ...fewer } = people;
    const all = splitForIdentification(framesOf(people), 0.5, 0);
    const some = splitForIdentification(framesOf(fewer), 0.5, 0);
    expect(all.gallery.filter(({ person }) => person !== 'p7')).toEqual(some.gallery);
    expect(names(splitForIdentification(framesOf(people), 0.5, 1).gallery)).not.toEqual(names(all.gallery));
  });

  it('identifies exactly the people that splitByGroup holds out', () => {
    const frames = framesOf(Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`p${i}`, [2, 2]])));
    const dataset = datasetOf(frames, ({ person }) => person);
    const { validation } = splitByGroup(dataset, 0.4, 5);
    const heldOut = new Set(Array.from({ length: validation.length }, (_, index) => validation.group(index)));
    expect(names(splitForIdentification(frames, 0.4, 5).probes)).toEqual(heldOut);
  });

  it('refuses people of whom none is left to train with or to identify', () => {
    const alone = framesOf({ a: [2], b: [1] });
    expect(() => splitForIdentification(alone, 0.5, 0)).toThrow(DatasetError);
    expect(() => splitForIdentification(alone, 0.5, 0)).toThrow('0 of 2 people are left to identify');
    expect(() => splitForIdentification([], 0.5, 0)).toThrow('0 of 0 people');
    expect(() => splitForIdentification(framesOf({ a: [1, 1] }), 1, 0)).toThrow('1 of 1 people are left to identify');
  });
});

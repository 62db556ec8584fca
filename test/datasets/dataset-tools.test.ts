import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cachedDataset, concatDatasets, leaveOutGroups, splitByGroup } from '../../src/datasets/dataset-tools.js';
import type { LandmarkDataset, LandmarkSample } from '../../src/datasets/sample.js';
import { DatasetError } from '../../src/errors.js';

/** A dataset whose samples are only names, and which counts how often each is read. */
function namedDataset(groups: readonly string[], scheme: LandmarkDataset['scheme'] = 5) {
  const reads = groups.map(() => 0);
  const dataset: LandmarkDataset = {
    scheme,
    length: groups.length,
    group: (index) => groups[index]!,
    async sample(index): Promise<LandmarkSample> {
      reads[index]!++;
      return {
        id: `${groups[index]}/${index}`,
        image: { data: new Uint8Array(3), width: 1, height: 1 },
        points: [],
      };
    },
  };
  return { dataset, reads };
}

const groupsOf = (dataset: LandmarkDataset) => Array.from({ length: dataset.length }, (_, i) => dataset.group(i));
const idsOf = (dataset: LandmarkDataset) =>
  Promise.all(Array.from({ length: dataset.length }, async (_, i) => (await dataset.sample(i)).id));
const groupNames = fc.array(fc.string({ maxLength: 4 }), { maxLength: 60 });

describe('splitByGroup', () => {
  it('puts every sample in one part, in order, and no group in both', async () => {
    await fc.assert(
      fc.asyncProperty(
        groupNames,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(),
        async (groups, share, seed) => {
          const { dataset } = namedDataset(groups);
          const { training, validation } = splitByGroup(dataset, share, seed);
          const heldOut = new Set(groupsOf(validation));
          expect(groupsOf(training).some((group) => heldOut.has(group))).toBe(false);
          const order = (id: string) => Number(id.slice(id.lastIndexOf('/') + 1));
          const [kept, held] = [await idsOf(training), await idsOf(validation)];
          expect([...kept, ...held].sort()).toEqual((await idsOf(dataset)).sort());
          for (const part of [kept, held]) expect(part).toEqual([...part].sort((a, b) => order(a) - order(b)));
        },
      ),
    );
  });

  it('depends on the seed and the group only: other samples do not move a group', () => {
    fc.assert(
      fc.property(groupNames, groupNames, fc.nat(), (groups, others, seed) => {
        const alone = new Set(groupsOf(splitByGroup(namedDataset(groups).dataset, 0.3, seed).validation));
        const mixed = splitByGroup(namedDataset([...others, ...groups]).dataset, 0.3, seed);
        const together = new Set(groupsOf(mixed.validation));
        for (const group of groups) expect(together.has(group)).toBe(alone.has(group));
      }),
    );
  });

  it('holds out about the share asked for, and other groups for another seed', () => {
    const groups = Array.from({ length: 2000 }, (_, i) => `person${i}`);
    const held = (share: number, seed: number) =>
      groupsOf(splitByGroup(namedDataset(groups).dataset, share, seed).validation);
    expect(held(0, 1)).toHaveLength(0);
    expect(held(1, 1)).toHaveLength(2000);
    expect(Math.abs(held(0.05, 1).length - 100)).toBeLessThan(4 * Math.sqrt(95));
    expect(held(0.05, 1)).toEqual(held(0.05, 1));
    expect(held(0.05, 1)).not.toEqual(held(0.05, 2));
  });

  it('refuses a sample that does not exist', () => {
    const { training } = splitByGroup(namedDataset(['a', 'b']).dataset, 0, 0);
    for (const index of [-1, 2, 0.5]) expect(() => training.sample(index)).toThrow(DatasetError);
    expect(() => training.group(2)).toThrow('the dataset has 2');
  });
});

describe('concatDatasets', () => {
  it('has the samples of all, one after the other, a dataset given twice twice', async () => {
    const [one, other] = [namedDataset(['a', 'b']).dataset, namedDataset(['c']).dataset];
    const joined = concatDatasets([one, other, one]);
    expect(joined.length).toBe(5);
    expect(joined.scheme).toBe(5);
    expect(groupsOf(joined)).toEqual(['a', 'b', 'c', 'a', 'b']);
    expect(await idsOf(joined)).toEqual(['a/0', 'b/1', 'c/0', 'a/0', 'b/1']);
  });

  it('refuses datasets of different points', () => {
    expect(() => concatDatasets([namedDataset([], 68).dataset, namedDataset([], 19).dataset])).toThrow(DatasetError);
    expect(() => concatDatasets([namedDataset([], 68).dataset, namedDataset([], 19).dataset])).toThrow(/68 and 19/);
  });
});

describe('cachedDataset', () => {
  it('reads each sample once, also when it is asked for again before it is there', async () => {
    const { dataset, reads } = namedDataset(['a', 'b', 'c']);
    const cached = cachedDataset(dataset);
    const [first, again] = await Promise.all([cached.sample(1), cached.sample(1)]);
    expect(again).toBe(first);
    expect(await cached.sample(1)).toBe(first);
    expect(first.id).toBe('b/1');
    expect(reads).toEqual([0, 1, 0]);
    expect([cached.length, cached.scheme, cached.group(2)]).toEqual([3, 5, 'c']);
  });
});

describe('leaveOutGroups', () => {
  it('keeps the samples of all other groups, in order', async () => {
    const { dataset } = namedDataset(['a', 'b', 'a', 'c', 'b']);
    const kept = leaveOutGroups(dataset, new Set(['b', 'x']));
    expect(await idsOf(kept)).toEqual(['a/0', 'a/2', 'c/3']);
    expect(groupsOf(kept)).toEqual(['a', 'a', 'c']);
  });
});

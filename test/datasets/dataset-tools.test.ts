import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Dataset, datasetOf, type LandmarkDataset } from '../../src/datasets/dataset.js';
import {
  cachedDataset,
  concatDatasets,
  selectSamples,
  splitByGroup,
  takeSamples,
  withoutGroups,
} from '../../src/datasets/dataset-tools.js';
import type { LandmarkSample } from '../../src/datasets/samples.js';
import { DatasetError } from '../../src/errors.js';

/** A dataset whose samples are only names, and which counts how often each is read. */
function namedDataset(groups: readonly string[], scheme: LandmarkDataset['scheme'] = 5) {
  const reads = groups.map(() => 0);
  const entries = groups.map((group, index) => ({ group, index }));
  const read = async ({ group, index }: (typeof entries)[number]): Promise<LandmarkSample> => {
    reads[index]!++;
    return { id: `${group}/${index}`, image: { data: new Uint8Array(3), width: 1, height: 1 }, points: [] };
  };
  const dataset: LandmarkDataset = { scheme, ...datasetOf(entries, ({ group }) => group, read) };
  return { dataset, reads };
}

const groupOfEach = (dataset: Dataset<unknown>) => Array.from({ length: dataset.length }, (_, i) => dataset.group(i));
const idsOf = (dataset: LandmarkDataset) =>
  Promise.all(Array.from({ length: dataset.length }, async (_, i) => (await dataset.get(i)).id));
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
          const heldOut = new Set(groupOfEach(validation));
          expect(groupOfEach(training).some((group) => heldOut.has(group))).toBe(false);
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
        const alone = new Set(groupOfEach(splitByGroup(namedDataset(groups).dataset, 0.3, seed).validation));
        const mixed = splitByGroup(namedDataset([...others, ...groups]).dataset, 0.3, seed);
        const together = new Set(groupOfEach(mixed.validation));
        for (const group of groups) expect(together.has(group)).toBe(alone.has(group));
      }),
    );
  });

  it('holds out about the given share, and other groups with another seed', () => {
    const groups = Array.from({ length: 2000 }, (_, i) => `person${i}`);
    const held = (share: number, seed: number) =>
      groupOfEach(splitByGroup(namedDataset(groups).dataset, share, seed).validation);
    expect(held(0, 1)).toHaveLength(0);
    expect(held(1, 1)).toHaveLength(2000);
    expect(Math.abs(held(0.05, 1).length - 100)).toBeLessThan(4 * Math.sqrt(95));
    expect(held(0.05, 1)).toEqual(held(0.05, 1));
    expect(held(0.05, 1)).not.toEqual(held(0.05, 2));
  });

  it('holds out the same groups in every version of this library', () => {
    const people = datasetOf(
      Array.from({ length: 40 }, (_, i) => `person ${i}`),
      (person) => person,
    );
    const held = (seed: number) => groupOfEach(splitByGroup(people, 0.2, seed).validation).map((name) => name.slice(7));
    expect(held(0).join(' ')).toBe('1 8 20 24 29 34 39');
    expect(held(7).join(' ')).toBe('1 20 26 27 32 33 34 37 38');
  });
});

describe('concatDatasets', () => {
  it('has the samples of all in turn, twice those of a dataset given twice', async () => {
    const [one, other] = [namedDataset(['a', 'b']).dataset, namedDataset(['c']).dataset];
    const joined = concatDatasets([one, other, one]);
    expect(joined.length).toBe(5);
    expect(joined.scheme).toBe(5);
    expect(groupOfEach(joined)).toEqual(['a', 'b', 'c', 'a', 'b']);
    expect(await idsOf(joined)).toEqual(['a/0', 'b/1', 'c/0', 'a/0', 'b/1']);
  });

  it('has no scheme if its datasets have none', () => {
    const plain = datasetOf(['a'], (name) => name);
    expect(concatDatasets([plain, plain])).not.toHaveProperty('scheme');
  });

  it('refuses an empty list of datasets', () => {
    expect(() => concatDatasets([])).toThrow(DatasetError);
  });

  it('refuses datasets of different schemes', () => {
    expect(() => concatDatasets([namedDataset([], 68).dataset, namedDataset([], 19).dataset])).toThrow(DatasetError);
    expect(() => concatDatasets([namedDataset([], 68).dataset, namedDataset([], 19).dataset])).toThrow(/68 and 19/);
  });
});

describe('cachedDataset', () => {
  it('reads each sample once, also when requested again before it is loaded', async () => {
    const { dataset, reads } = namedDataset(['a', 'b', 'c']);
    const cached = cachedDataset(dataset);
    const [first, again] = await Promise.all([cached.get(1), cached.get(1)]);
    expect(again).toBe(first);
    expect(await cached.get(1)).toBe(first);
    expect(first.id).toBe('b/1');
    expect(reads).toEqual([0, 1, 0]);
    expect([cached.length, cached.scheme, cached.group(2)]).toEqual([3, 5, 'c']);
  });
});

describe('withoutGroups', () => {
  it('keeps the samples of all other groups, in order', async () => {
    const { dataset } = namedDataset(['a', 'b', 'a', 'c', 'b']);
    const kept = withoutGroups(dataset, new Set(['b', 'x']));
    expect(await idsOf(kept)).toEqual(['a/0', 'a/2', 'c/3']);
    expect(groupOfEach(kept)).toEqual(['a', 'a', 'c']);
  });
});

describe('takeSamples', () => {
  it('takes samples evenly spread over the dataset, each at most once', async () => {
    const names = Array.from({ length: 337 }, (_, i) => `${i}`);
    const dataset = datasetOf(names, (name) => name);
    expect(groupOfEach(takeSamples(dataset, 4))).toEqual(['0', '84', '168', '252']);
    expect(new Set(groupOfEach(takeSamples(dataset, 336))).size).toBe(336);
    expect(groupOfEach(takeSamples(dataset, 1000))).toEqual(names);
    expect(groupOfEach(takeSamples(dataset))).toEqual(names);
  });
});

describe('selectSamples', () => {
  it('has the samples at the indices in their order, with the scheme', async () => {
    const { dataset } = namedDataset(['a', 'b', 'c'], 19);
    const selected: LandmarkDataset = selectSamples(dataset, [2, 0, 2]);
    expect(await idsOf(selected)).toEqual(['c/2', 'a/0', 'c/2']);
    expect(selected.scheme).toBe(19);
  });
});

describe('datasetOf', () => {
  it('returns the samples of a list as they are', async () => {
    const ada = { id: '1.jpg', identity: 'Ada' };
    const dataset = datasetOf([ada], ({ identity }) => identity);
    expect([dataset.length, dataset.group(0)]).toEqual([1, 'Ada']);
    expect(await dataset.get(0)).toBe(ada);
  });

  it('refuses an index out of range, also through each tool', async () => {
    const { training } = splitByGroup(namedDataset(['a', 'b']).dataset, 0, 0);
    for (const index of [-1, 2, 0.5]) await expect(training.get(index)).rejects.toThrow(DatasetError);
    expect(() => training.group(2)).toThrow('Sample 2 does not exist: the dataset has 2.');
  });
});

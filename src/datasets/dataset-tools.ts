import { DatasetError } from '../errors.js';
import type { SchemeName } from '../landmarks/schemes.js';
import { Random } from '../random.js';
import { type Dataset, datasetOf } from './dataset.js';

/** A dataset of any samples; those with landmarks have a scheme. */
interface AnyDataset extends Dataset<unknown> {
  readonly scheme?: SchemeName;
}

/** What a tool keeps of a dataset: the interface of {@link Dataset}, and the scheme if there is one. */
type Kept<D extends AnyDataset> = Pick<D, keyof D & keyof AnyDataset>;

/**
 * Several datasets, one after the other. A dataset given twice is drawn from twice as often.
 *
 * @throws DatasetError when there are none, or their schemes differ.
 */
export function concatDatasets<D extends AnyDataset>(datasets: readonly D[]): Kept<D> {
  const [first] = datasets;
  if (!first) throw new DatasetError('There is no dataset to concatenate: give at least one.');
  const other = datasets.find(({ scheme }) => scheme !== first.scheme);
  if (other) {
    throw new DatasetError(`Datasets of ${first.scheme} and ${other.scheme} points differ: convert one first.`);
  }
  const places = datasets.flatMap((dataset) => indicesOf(dataset).map((index) => ({ dataset, index })));
  const joined = datasetOf(
    places,
    ({ dataset, index }) => dataset.group(index),
    ({ dataset, index }) => dataset.get(index),
  );
  return kept(first, joined);
}

/** A dataset that keeps each sample in memory once read. */
export function cachedDataset<D extends AnyDataset>(dataset: D): Kept<D> {
  const samples: Promise<unknown>[] = [];
  const get = (index: number) => {
    samples[index] ??= dataset.get(index);
    return samples[index];
  };
  return kept(dataset, { length: dataset.length, get, group: (index) => dataset.group(index) });
}

/** The samples of a dataset at `indices`, in that order. */
export function selectSamples<D extends AnyDataset>(dataset: D, indices: readonly number[]): Kept<D> {
  const selected = datasetOf(
    indices,
    (index) => dataset.group(index),
    (index) => dataset.get(index),
  );
  return kept(dataset, selected);
}

/** At most `count` samples of a dataset, evenly spread over it; all of them by default. */
export function takeSamples<D extends AnyDataset>(dataset: D, count?: number): Kept<D> {
  return selectSamples(dataset, evenlySpread(dataset.length, count));
}

/** A dataset without some groups, such as the people that another experiment identifies. */
export function withoutGroups<D extends AnyDataset>(dataset: D, groups: ReadonlySet<string>): Kept<D> {
  const others = indicesOf(dataset).filter((index) => !groups.has(dataset.group(index)));
  return selectSamples(dataset, others);
}

/** The groups of a dataset. */
export function groupsOf(dataset: AnyDataset): Set<string> {
  return new Set(indicesOf(dataset).map((index) => dataset.group(index)));
}

/**
 * Splits a dataset by group, so that no group, such as a person, is in both parts.
 *
 * @param share About which share of the groups to hold out, for example 0.05.
 * @param seed Which groups these are, whatever else the dataset holds.
 */
export function splitByGroup<D extends AnyDataset>(
  dataset: D,
  share: number,
  seed: number,
): { training: Kept<D>; validation: Kept<D> } {
  const [training, validation]: [number[], number[]] = [[], []];
  for (const index of indicesOf(dataset)) {
    (isHeldOut(dataset.group(index), share, seed) ? validation : training).push(index);
  }
  return { training: selectSamples(dataset, training), validation: selectSamples(dataset, validation) };
}

/** Whether {@link splitByGroup} holds a group out, which depends on its name, the share and the seed alone. */
export function isHeldOut(group: string, share: number, seed: number): boolean {
  const characters = Array.from(group, (character) => character.codePointAt(0)!);
  return new Random(seed, ...characters).bernoulli(share);
}

/** At most `count` of the indices under `length`, evenly spread; all of them by default. */
export function evenlySpread(length: number, count: number = length): number[] {
  const kept = Math.min(length, count);
  return Array.from({ length: kept }, (_, index) => Math.floor((index * length) / kept));
}

function indicesOf({ length }: AnyDataset): number[] {
  return Array.from({ length }, (_, index) => index);
}

function kept<D extends AnyDataset>({ scheme }: D, made: Dataset<unknown>): Kept<D> {
  return { ...made, ...(scheme !== undefined && { scheme }) } as Kept<D>;
}

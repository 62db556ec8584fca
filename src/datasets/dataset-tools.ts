import { DatasetError } from '../errors.js';
import { isHeldOut } from './held-out.js';
import type { LandmarkDataset, LandmarkSample } from './sample.js';

/** Several datasets of one scheme, one after the other. A dataset given twice is drawn from twice as often. */
export function concatDatasets(datasets: readonly [LandmarkDataset, ...LandmarkDataset[]]): LandmarkDataset {
  const [{ scheme }] = datasets;
  const other = datasets.find((dataset) => dataset.scheme !== scheme);
  if (other)
    throw new DatasetError(`Datasets of ${scheme} and ${other.scheme} points cannot be joined: convert one first.`);
  const places = datasets.flatMap((dataset) =>
    Array.from({ length: dataset.length }, (_, index) => ({ dataset, index })),
  );
  return fromPlaces(scheme, places);
}

/** A dataset that keeps each sample in memory once it has been read. */
export function cachedDataset(dataset: LandmarkDataset): LandmarkDataset {
  const samples: Promise<LandmarkSample>[] = [];
  return {
    scheme: dataset.scheme,
    length: dataset.length,
    group: (index) => dataset.group(index),
    sample(index) {
      samples[index] ??= dataset.sample(index);
      return samples[index];
    },
  };
}

/**
 * Splits a dataset by group, so that nobody is in both parts.
 *
 * @param share About which share of the groups to hold out, for example 0.05.
 * @param seed Which groups these are; a group is held out or not whatever else the dataset holds.
 */
export function splitByGroup(
  dataset: LandmarkDataset,
  share: number,
  seed: number,
): { training: LandmarkDataset; validation: LandmarkDataset } {
  const places = Array.from({ length: dataset.length }, (_, index) => ({ dataset, index }));
  const heldOut = ({ index }: Place) => isHeldOut(dataset.group(index), share, seed);
  const part = (belongs: (place: Place) => boolean) => fromPlaces(dataset.scheme, places.filter(belongs));
  return { training: part((place) => !heldOut(place)), validation: part(heldOut) };
}

/** A dataset without the samples of some groups: people, say, whom another experiment is to find. */
export function leaveOutGroups(dataset: LandmarkDataset, groups: ReadonlySet<string>): LandmarkDataset {
  const places = Array.from({ length: dataset.length }, (_, index) => ({ dataset, index }));
  return fromPlaces(
    dataset.scheme,
    places.filter(({ index }) => !groups.has(dataset.group(index))),
  );
}

interface Place {
  dataset: LandmarkDataset;
  index: number;
}

function fromPlaces(scheme: LandmarkDataset['scheme'], places: readonly Place[]): LandmarkDataset {
  const at = (index: number) => {
    const place = places[index];
    if (!place) throw new DatasetError(`Sample ${index} does not exist: the dataset has ${places.length}.`);
    return place;
  };
  return {
    scheme,
    length: places.length,
    sample: (index) => at(index).dataset.sample(at(index).index),
    group: (index) => at(index).dataset.group(at(index).index),
  };
}

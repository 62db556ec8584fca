import type { Box } from '../geometry/box.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import { isHeldOut } from './held-out.js';

/** A photograph of a face without landmarks: all there is of a real low-resolution face. */
export interface UnlabelledFace {
  /** Names the face in messages. */
  id: string;
  image: RgbImage;
  /** Where the face is in the image. */
  box: Box;
}

/** Faces without landmarks that a trainer can draw from. Implement it to train on data of your own. */
export interface UnlabelledDataset {
  readonly length: number;
  /** The face at `index` (0 to `length - 1`). */
  face(index: number): Promise<UnlabelledFace>;
  /** What the face was cut from: faces of one photograph never end up in both parts of a split. */
  group(index: number): string;
}

/** A dataset that keeps each face in memory once it has been read. */
export function cachedUnlabelled(dataset: UnlabelledDataset): UnlabelledDataset {
  const faces: Promise<UnlabelledFace>[] = [];
  return {
    length: dataset.length,
    group: (index) => dataset.group(index),
    face(index) {
      faces[index] ??= dataset.face(index);
      return faces[index];
    },
  };
}

/** Several datasets, one after the other. */
export function concatUnlabelled(datasets: readonly UnlabelledDataset[]): UnlabelledDataset {
  return select(
    datasets.flatMap((dataset) => Array.from({ length: dataset.length }, (_, index) => ({ dataset, index }))),
  );
}

/** A dataset without the faces of some groups: photographs, say, that another dataset has too. */
export function withoutGroups(dataset: UnlabelledDataset, groups: ReadonlySet<string>): UnlabelledDataset {
  const places = Array.from({ length: dataset.length }, (_, index) => ({ dataset, index }));
  return select(places.filter(({ index }) => !groups.has(dataset.group(index))));
}

/** The groups of a dataset. */
export function groupsOf(dataset: UnlabelledDataset): Set<string> {
  return new Set(Array.from({ length: dataset.length }, (_, index) => dataset.group(index)));
}

/**
 * Splits a dataset by group.
 *
 * @param share About which share of the groups to hold out.
 * @param seed Which groups these are; a group is held out or not whatever else the dataset holds.
 */
export function splitUnlabelled(
  dataset: UnlabelledDataset,
  share: number,
  seed: number,
): { training: UnlabelledDataset; validation: UnlabelledDataset } {
  const places = Array.from({ length: dataset.length }, (_, index) => ({ dataset, index }));
  const heldOut = ({ index }: Place) => isHeldOut(dataset.group(index), share, seed);
  return {
    training: select(places.filter((place) => !heldOut(place))),
    validation: select(places.filter(heldOut)),
  };
}

interface Place {
  dataset: UnlabelledDataset;
  index: number;
}

function select(places: readonly Place[]): UnlabelledDataset {
  return {
    length: places.length,
    face: (index) => places[index]!.dataset.face(places[index]!.index),
    group: (index) => places[index]!.dataset.group(places[index]!.index),
  };
}

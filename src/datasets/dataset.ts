import { DatasetError } from '../errors.js';
import type { SchemeName } from '../landmarks/schemes.js';
import type { LandmarkSample } from './samples.js';

/** Samples to train or evaluate on. Implement it, or use {@link datasetOf}, for data of your own. */
export interface Dataset<Sample> {
  readonly length: number;
  /** The sample at `index` (0 to `length - 1`). */
  get(index: number): Promise<Sample>;
  /**
   * The person or photograph of the sample at `index`, without reading its image. Samples of one group are not
   * independent, and never in both parts of a split. For identification it is the person.
   */
  group(index: number): string;
}

/** Samples with landmarks of one scheme. */
export interface LandmarkDataset<Sample extends LandmarkSample = LandmarkSample> extends Dataset<Sample> {
  readonly scheme: SchemeName;
}

/**
 * A dataset of samples in memory (ten thousand aligned faces of 32x32 pixels take 31 MB), or of entries, such as files,
 * that `read` turns into samples when asked for. Its `get` and `group` throw a DatasetError for an index out of range.
 *
 * @example
 * const faces = [{ id: '1.jpg', identity: 'Ada', image: await alignFace(photograph, points, 32) }];
 * const aligned = datasetOf(faces, ({ identity }) => identity);
 */
export function datasetOf<Sample>(samples: readonly Sample[], group: (sample: Sample) => string): Dataset<Sample>;
export function datasetOf<Entry, Sample>(
  entries: readonly Entry[],
  group: (entry: Entry) => string,
  read: (entry: Entry) => Promise<Sample>,
): Dataset<Sample>;
export function datasetOf<Entry>(
  entries: readonly Entry[],
  group: (entry: Entry) => string,
  read: (entry: Entry) => unknown = (sample) => sample,
): Dataset<unknown> {
  const at = (index: number) => {
    const entry = entries[index];
    if (entry !== undefined) return entry;
    throw new DatasetError(`Sample ${index} does not exist: the dataset has ${entries.length}.`);
  };
  return { length: entries.length, get: async (index) => read(at(index)), group: (index) => group(at(index)) };
}

import type { Point } from '../geometry/point.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import type { SchemeName } from '../landmarks/schemes.js';

/** A photograph of a face with its landmarks, as a dataset gives it. */
export interface LandmarkSample {
  /** Names the sample in messages and splits, for example the file's name. */
  id: string;
  image: RgbImage;
  /** Landmarks in the image's pixels; NaN where not visible. */
  points: Point[];
}

/** Labelled faces that a trainer can draw from. Implement it to train on data of your own. */
export interface LandmarkDataset {
  readonly scheme: SchemeName;
  readonly length: number;
  /** The sample at `index` (0 to `length - 1`). */
  sample(index: number): Promise<LandmarkSample>;
  /** Who or what the sample shows: samples of one group, such as a person, never end up in both parts of a split. */
  group(index: number): string;
}

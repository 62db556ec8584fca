import type { Box } from '../geometry/box.js';
import type { Point } from '../geometry/point.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import type { SchemeName } from '../landmarks/schemes.js';

/** A predicted landmark, with a score where the predictor gives one. */
export interface PredictedPoint extends Point {
  /** Higher is surer. Only the order counts. */
  score?: number;
}

/**
 * Anything that finds landmarks: an image and the box of a face in, points out. What is compared in one table
 * implements it, whoever made it; adapters of other libraries live outside this one (`examples/peers`).
 *
 * @example
 * ```ts
 * const centre: LandmarkPredictor = {
 *   name: 'box centre',
 *   scheme: 5,
 *   predict: async (_, { x, y, width, height }) => Array(5).fill({ x: x + width / 2 - 0.5, y: y + height / 2 - 0.5 }),
 * };
 * ```
 */
export interface LandmarkPredictor {
  /** Names it in tables and files: unique among those compared. */
  readonly name: string;
  /** Which points it gives. It is measured on every scheme that can be made of them. */
  readonly scheme: SchemeName;
  /**
   * The points of one face, in the image's pixels; NaN for one that it does not find. When it finds no face it
   * throws, and the face counts as a failure. Where each point has a score, the report says how well the scores order
   * faces by error.
   */
  predict(image: RgbImage, box: Box): Promise<readonly PredictedPoint[]>;
  /** Frees what it holds. */
  dispose?(): void;
}

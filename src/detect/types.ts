import type { Box } from '../geometry/box.js';
import type { Point } from '../geometry/point.js';
import type { SchemeName } from '../landmarks/schemes.js';

/** A landmark in the pixels of the caller's image, pixel centres at integers. */
export interface DetectedPoint extends Point {
  /** The height of the heatmap's peak, 0-1: how sure the network is. */
  score: number;
  /** Its name in the scheme, such as `left-eye-outer`; see `landmarkSchemes`. Left and right are the image's. */
  name: string;
}

/** The landmarks of one face: a plain object, for `postMessage` or JSON as it is. */
export interface LandmarkDetection {
  /** The face box: the caller's, or the whole image. */
  box: Box;
  /** The number of points: 68 (300-W), 19 (AFLW without ears) or 5 (eyes, nose, mouth corners). */
  scheme: SchemeName;
  /** In the scheme's order. */
  points: DetectedPoint[];
  /** The mean of the points' scores, 0-1. Low scores go with large errors. */
  score: number;
}

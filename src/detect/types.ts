import type { Box } from '../geometry/box.js';
import type { Point } from '../geometry/point.js';
import type { SchemeName } from '../landmarks/schemes.js';

/**
 * One landmark found in an image, in the pixels of the caller's image (pixel centres at integers, as canvas and OpenCV
 * have it).
 */
export interface DetectedPoint extends Point {
  /** How sure the network is of this point: the height of its heatmap's peak, 0-1. */
  score: number;
  /**
   * The point's name in its scheme, such as `left-eye-outer`; see `landmarkSchemes`. Left and right are the image's.
   */
  name: string;
}

/** The landmarks of one face. A plain object: it can be cloned, posted to a worker or written as JSON as it is. */
export interface LandmarkDetection {
  /** The face box the landmarks were searched in: the caller's, or the whole image where none was given. */
  box: Box;
  /**
   * Number of points, which names the point scheme: 68 (300-W), 19 (AFLW without ears) or 5 (eyes, nose, mouth
   * corners).
   */
  scheme: SchemeName;
  /** As many points as `scheme` says, in the scheme's order. */
  points: DetectedPoint[];
  /**
   * How far the face as a whole can be trusted: the mean of its points' scores, 0-1. Low scores go with large errors.
   */
  score: number;
}

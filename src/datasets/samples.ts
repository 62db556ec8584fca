import type { Box } from '../geometry/box.js';
import type { Point } from '../geometry/point.js';
import type { RgbImage } from '../geometry/rgb-image.js';

/** A photograph of a face with its landmarks. */
export interface LandmarkSample {
  /** Names the sample in messages: the file's name, for example. */
  id: string;
  image: RgbImage;
  /** Landmarks in the image's pixels; NaN where not visible. */
  points: Point[];
}

/** A photograph of a face with its box and no landmarks, such as a real low-resolution face. */
export interface UnlabelledSample {
  id: string;
  image: RgbImage;
  /** The face in the image. */
  box: Box;
}

/** A face with its box and its landmarks. */
export interface AnnotatedSample extends LandmarkSample, UnlabelledSample {}

/** A face as an embedding network sees it: a square with eyes, nose and mouth at the template's places. */
export interface AlignedSample {
  id: string;
  image: RgbImage;
  /** The person it shows. */
  identity: string;
}

import type { Box } from '../geometry/box.js';
import type { Point } from '../geometry/point.js';
import type { RgbImage } from '../geometry/rgb-image.js';

/** A photograph of a face with its landmarks. */
export interface LandmarkSample {
  /** Names the sample in messages, for example the file's name. */
  id: string;
  image: RgbImage;
  /** Landmarks in the image's pixels; NaN where not visible. */
  points: Point[];
}

/** A photograph of a face with its box and no landmarks: all there is of a real low-resolution face. */
export interface UnlabelledSample {
  /** Names the sample in messages. */
  id: string;
  image: RgbImage;
  /** Where the face is in the image. */
  box: Box;
}

/** A face of which both the box and the landmarks are known. */
export interface AnnotatedSample extends LandmarkSample, UnlabelledSample {}

/** A face as an embedding network sees it: a square, its eyes, nose and mouth where the template has them. */
export interface AlignedSample {
  /** Names the sample in messages. */
  id: string;
  image: RgbImage;
  /** The person it shows. */
  identity: string;
}

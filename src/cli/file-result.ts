import type { LandmarkDetection } from '../detect/types.js';

/** What became of one image file. */
export interface FileResult {
  /** The file as it was given or found. */
  file: string;
  /** One detection per box; none where the image failed. */
  faces: LandmarkDetection[];
  /** Why the image failed. `code` is a typed error's, such as `IMAGE_DECODE`. */
  error?: { code: string; message: string };
}

import type { RgbImage } from '../geometry/rgb-image.js';
import type { DegradedFace } from '../training/high-to-low-trainer.js';
import { contactSheet } from './contact-sheet.js';
import { enlarge } from './enlarge.js';

/** A picture like Fig. 4: high-resolution faces above, subsampled ones in the middle, G1's below. */
export function drawDegradations(faces: readonly DegradedFace[]): RgbImage {
  const scaled = (face: RgbImage, like: RgbImage) => enlarge(face, Math.max(1, Math.round(like.width / face.width)));
  const rows = [
    faces.map(({ highResolution }) => highResolution),
    faces.map(({ highResolution, subsampled }) => scaled(subsampled, highResolution)),
    faces.map(({ highResolution, generated }) => scaled(generated, highResolution)),
  ];
  return contactSheet(rows.flat(), faces.length);
}

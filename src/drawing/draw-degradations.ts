import type { RgbImage } from '../geometry/rgb-image.js';
import { encodePng } from '../node/images/write-png.js';
import type { DegradedFace } from '../training/high-to-low-trainer.js';
import { contactSheet } from './contact-sheet.js';
import { enlarge } from './enlarge.js';

/** A picture in the manner of Fig. 4, as a PNG: high-resolution faces above, subsampled ones below, and what G1 makes of them. */
export function drawDegradations(faces: readonly DegradedFace[]): Uint8Array {
  const scaled = (face: RgbImage, beside: RgbImage) =>
    enlarge(face, Math.max(1, Math.round(beside.width / face.width)));
  const rows = [
    faces.map(({ highResolution }) => highResolution),
    faces.map(({ highResolution, subsampled }) => scaled(subsampled, highResolution)),
    faces.map(({ highResolution, generated }) => scaled(generated, highResolution)),
  ];
  return encodePng(contactSheet(rows.flat(), faces.length));
}

import type { RgbImage } from '../geometry/rgb-image.js';
import { landmarkSchemes, type SchemeName } from '../landmarks/schemes.js';
import type { Prediction } from '../training/heatmap-trainer.js';
import { contactSheet } from './contact-sheet.js';
import { drawLandmarks } from './draw-landmarks.js';

const COLUMNS = 8;
const ENLARGEMENT = 6;

/** Faces with a network's predicted points, eight in a row, to watch a run. */
export function drawPredictions(predictions: readonly Pick<Prediction, 'image' | 'predicted'>[]): RgbImage {
  const faces = predictions.map(({ image, predicted }) => {
    const scheme = predicted.length as SchemeName;
    const points = predicted.map((point, index) => ({
      ...point,
      score: 1,
      name: landmarkSchemes[scheme].names[index]!,
    }));
    const box = { x: 0, y: 0, width: image.width, height: image.height };
    return drawLandmarks(image, [{ box, scheme, points, score: 1 }], { scale: ENLARGEMENT });
  });
  return contactSheet(faces, COLUMNS);
}

import { type Box, boundingBox } from '../geometry/box.js';
import type { Point } from '../geometry/point.js';

/** Share of the landmarks' height added above the brows, where the 68 points end but face boxes do not. */
const FOREHEAD = 0.125;

/**
 * The face box of 68 annotated points: their bounding box, extended upwards by an eighth of its height to hold some
 * forehead, as face detectors' boxes do; the eyes are then at about 30 % of its height. The bundled model is trained on
 * such boxes, moved and scaled.
 *
 * @throws InvalidBoxError when fewer than two points are visible, or all are on one line.
 */
export function faceBoxFromLandmarks(points68: readonly Point[]): Box {
  const { x, y, width, height } = boundingBox(points68);
  return { x, y: y - FOREHEAD * height, width, height: height * (1 + FOREHEAD) };
}

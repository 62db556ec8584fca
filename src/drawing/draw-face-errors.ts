import { InvalidArgumentError } from '../errors.js';
import type { Box } from '../geometry/box.js';
import { cropAndResize, cropAround, pointToCrop, type SquareCrop } from '../geometry/crop.js';
import { pasteImage } from '../geometry/paste-image.js';
import type { Point } from '../geometry/point.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import { enlarge } from './enlarge.js';
import { type Colour, paintBox, paintDisc, paintLine, paintRing } from './raster.js';

/** A face, its annotated points and the predicted ones. */
export interface FaceToDraw {
  image: RgbImage;
  /** The box that the predictor was given. */
  box: Box;
  /** In the image's pixels; NaN where not visible. */
  points: readonly Point[];
  /** Null for a face that the predictor failed on. */
  predicted: readonly Point[] | null;
}

/** How much wider than its box a face is drawn: predictions leave the box. */
const MARGIN = 1.5;

/** Grey level outside the image. */
const BEYOND = 40;
const OUTLINE: Colour = [20, 20, 20];
const BOX: Colour = [150, 150, 150];
const ANNOTATED: Colour = [255, 255, 255];
const PREDICTED: Colour = [255, 176, 0];

/**
 * A picture of a face's errors: the face enlarged, pixels kept square, each annotated point a white ring, each
 * predicted one an amber dot, and a line between them. Points far outside are cut off, their lines are not.
 *
 * @param size Largest width of the picture in pixels, 288 by default. Small faces are enlarged a whole number of times,
 *   larger ones shrunk.
 * @throws InvalidArgumentError when the numbers of predicted and annotated points differ.
 * @example
 * ```ts
 * await writeFile('worst.png', encodePng(drawFaceErrors({ image, box, points, predicted })));
 * ```
 */
export function drawFaceErrors({ image, box, points, predicted }: FaceToDraw, size = 288): RgbImage {
  if (predicted && predicted.length !== points.length) {
    throw new InvalidArgumentError(`${predicted.length} points were predicted, and ${points.length} are annotated.`);
  }
  const square = wholePixels(cropAround(box, MARGIN));
  const { left, top, side } = square;
  const cut = { data: new Uint8ClampedArray(side * side * 3).fill(BEYOND), width: side, height: side };
  pasteImage(cut, image, -left, -top);
  const drawing = scaled(cut, size);
  const scale = drawing.width / side;
  const place = (point: Point) => pointToCrop(point, square, drawing.width);
  const [x, y] = [(box.x - left) * scale, (box.y - top) * scale];
  paintBox(drawing, { x, y, width: box.width * scale, height: box.height * scale }, 1, BOX);
  const faceSize = Math.max(box.width, box.height) * scale;
  const radius = Math.min(4, Math.max(1.6, faceSize / (points.length > 30 ? 100 : 60)));
  const annotated = points.map(place);
  const found = predicted?.map(place) ?? [];
  // Lines below, rings above: the dot of a right prediction fills its ring.
  annotated.forEach((from, index) => {
    const to = found[index];
    if (isDrawn(from) && to && isDrawn(to)) paintLine(drawing, from, to, 1.2, PREDICTED);
  });
  for (const point of found.filter(isDrawn)) {
    paintDisc(drawing, point, radius + 0.8, OUTLINE);
    paintDisc(drawing, point, radius, PREDICTED);
  }
  for (const point of annotated.filter(isDrawn)) {
    paintRing(drawing, point, radius + 1, 2.2, OUTLINE);
    paintRing(drawing, point, radius + 1, 1.2, ANNOTATED);
  }
  return drawing;
}

function wholePixels({ left, top, side }: SquareCrop): SquareCrop {
  const [x, y] = [Math.floor(left), Math.floor(top)];
  return { left: x, top: y, side: Math.max(Math.ceil(left + side) - x, Math.ceil(top + side) - y) };
}

function scaled(square: RgbImage, size: number): RgbImage {
  if (square.width <= size) return enlarge(square, Math.floor(size / square.width));
  return cropAndResize(square, { left: 0, top: 0, side: square.width }, size);
}

function isDrawn({ x, y }: Point): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}

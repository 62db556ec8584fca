import { InvalidArgumentError } from '../errors.js';
import type { Box } from '../geometry/box.js';
import { cropAndResize, cropAround, pointToCrop, type SquareCrop } from '../geometry/crop.js';
import type { Point } from '../geometry/point.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import { cutSquare } from './cut-square.js';
import { enlarge } from './enlarge.js';
import { type Colour, paintBox, paintDisc, paintLine, paintRing } from './raster.js';

/** A face with what is annotated on it and what was predicted. */
export interface FaceToDraw {
  image: RgbImage;
  /** The box that the predictor was given. */
  box: Box;
  /** The annotated points, in the image's pixels; those that are invisible are NaN. */
  points: readonly Point[];
  /** The predicted ones; null for a face that the predictor failed on. */
  predicted: readonly Point[] | null;
}

/** How much wider than its box a face is drawn: predictions leave the box. */
const MARGIN = 1.5;
const SIZE = 288;

const OUTLINE: Colour = [20, 20, 20];
const BOX: Colour = [150, 150, 150];
const ANNOTATED: Colour = [255, 255, 255];
const PREDICTED: Colour = [255, 176, 0];

/**
 * A picture of a face's errors: the face enlarged, pixels kept square, each annotated point a white ring, each predicted one an amber dot, and a line
 * from the one to the other. What is far outside is cut off, its line is not.
 *
 * @param size Width in pixels of the picture at most, 288 by default; it is a whole multiple of what it shows. A larger face is
 * shrunk.
 * @throws InvalidArgumentError when a face was predicted another number of points than are annotated.
 * @example
 * ```ts
 * await writeFile('worst.png', encodePng(drawFaceErrors({ image, box, points, predicted })));
 * ```
 */
export function drawFaceErrors({ image, box, points, predicted }: FaceToDraw, size = SIZE): RgbImage {
  if (predicted && predicted.length !== points.length) {
    throw new InvalidArgumentError(`${predicted.length} points were predicted, and ${points.length} are annotated.`);
  }
  const square = wholePixels(cropAround(box, MARGIN));
  const drawing = scaled(cutSquare(image, square), size);
  const scale = drawing.width / square.side;
  const place = (point: Point) => pointToCrop(point, square, drawing.width);
  const [x, y] = [(box.x - square.left) * scale, (box.y - square.top) * scale];
  paintBox(drawing, { x, y, width: box.width * scale, height: box.height * scale }, 1, BOX);
  const radius = Math.min(
    4,
    Math.max(1.6, (Math.max(box.width, box.height) * scale) / (points.length > 30 ? 100 : 60)),
  );
  const annotated = points.map(place);
  const found = predicted?.map(place) ?? [];
  // Lines below, rings above: where a prediction is right its dot fills the ring.
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

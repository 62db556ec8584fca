import type { LandmarkDetection } from '../detect/types.js';
import { InvalidArgumentError } from '../errors.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import { enlarge } from './enlarge.js';
import { type Colour, paintBox, paintDisc, paintRing } from './raster.js';

/** How landmarks are drawn. */
export interface DrawLandmarksOptions {
  /**
   * How many times the image is enlarged: a whole number of at least 1. By default its smallest face becomes 256 pixels
   * wide, within 16 megapixels.
   */
  scale?: number;
}

/** Width in pixels at which 68 points are distinct. */
const FACE_WIDTH = 256;
const MAX_DRAWN_PIXELS = 16e6;

/** Points under this score are drawn hollow. */
const LOW_SCORE = 0.3;

const OUTLINE: Colour = [20, 20, 20];
const BOX: Colour = [235, 235, 235];

const colourOfPart: readonly [name: RegExp, colour: Colour][] = [
  [/jaw|chin/, [64, 156, 255]],
  [/brow/, [255, 159, 10]],
  [/eye/, [48, 219, 91]],
  [/nose|nostril/, [255, 214, 10]],
  [/mouth|lip/, [255, 69, 100]],
];

/**
 * A picture of detections: the image enlarged, pixels kept square, with boxes and points. Dots are coloured by facial
 * part (jaw blue, brows orange, eyes green, nose yellow, mouth red), and hollow for a score under 0.3.
 *
 * @returns A new image of `scale` times the size.
 * @throws InvalidArgumentError when `scale` is not a whole number of at least 1.
 */
export function drawLandmarks(
  image: RgbImage,
  detections: readonly LandmarkDetection[],
  options: DrawLandmarksOptions = {},
): RgbImage {
  const scale = options.scale ?? fittingScale(image, detections);
  if (!(Number.isInteger(scale) && scale >= 1)) {
    throw new InvalidArgumentError(`scale must be a whole number of at least 1, not ${scale}.`);
  }
  const drawing = enlarge(image, scale);
  for (const { box, points, scheme } of detections) {
    const [x, y, width, height] = [box.x * scale, box.y * scale, box.width * scale, box.height * scale];
    paintBox(drawing, { x, y, width, height }, 1.5, BOX);
    // Few points can be larger before they touch.
    const radius = Math.min(6, Math.max(1.5, Math.max(width, height) / (scheme === 68 ? 100 : 60)));
    for (const point of points) {
      if (Number.isNaN(point.x) || Number.isNaN(point.y)) continue;
      // The centre of a pixel becomes the centre of its square.
      const centre = { x: (point.x + 0.5) * scale - 0.5, y: (point.y + 0.5) * scale - 0.5 };
      const colour = colourOfPart.find(([part]) => part.test(point.name))?.[1] ?? BOX;
      if (point.score < LOW_SCORE) {
        paintRing(drawing, centre, radius + 1, 2.6, OUTLINE);
        paintRing(drawing, centre, radius + 0.8, 1.2, colour);
      } else {
        paintDisc(drawing, centre, radius + 1, OUTLINE);
        paintDisc(drawing, centre, radius, colour);
      }
    }
  }
  return drawing;
}

function fittingScale({ width, height }: RgbImage, detections: readonly LandmarkDetection[]): number {
  const smallest = Math.min(...detections.map(({ box }) => Math.max(box.width, box.height)), Math.max(width, height));
  const largest = Math.floor(Math.sqrt(MAX_DRAWN_PIXELS / (width * height)));
  return Math.max(1, Math.min(Math.ceil(FACE_WIDTH / smallest), largest));
}

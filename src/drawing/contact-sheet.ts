import { InvalidArgumentError } from '../errors.js';
import { pasteImage } from '../geometry/paste-image.js';
import type { RgbImage } from '../geometry/rgb-image.js';

const GAP = 4;
const BACKGROUND = 40;

/**
 * Images side by side in rows on dark grey, each centred in a cell of the largest one's size.
 *
 * @param columns Images per row.
 * @throws InvalidArgumentError without images, or when `columns` is not a positive whole number.
 */
export function contactSheet(images: readonly RgbImage[], columns: number): RgbImage {
  if (images.length === 0) throw new InvalidArgumentError('A contact sheet needs at least one image; got none.');
  if (!(Number.isInteger(columns) && columns >= 1)) {
    throw new InvalidArgumentError(`columns must be a whole number of at least 1, not ${columns}.`);
  }
  const cellWidth = Math.max(...images.map((image) => image.width)) + GAP;
  const cellHeight = Math.max(...images.map((image) => image.height)) + GAP;
  const width = Math.min(columns, images.length) * cellWidth + GAP;
  const height = Math.ceil(images.length / columns) * cellHeight + GAP;
  const sheet: RgbImage = { data: new Uint8ClampedArray(width * height * 3).fill(BACKGROUND), width, height };
  images.forEach((image, index) => {
    const left = GAP + (index % columns) * cellWidth + Math.floor((cellWidth - GAP - image.width) / 2);
    const top = GAP + Math.floor(index / columns) * cellHeight + Math.floor((cellHeight - GAP - image.height) / 2);
    pasteImage(sheet, image, left, top);
  });
  return sheet;
}

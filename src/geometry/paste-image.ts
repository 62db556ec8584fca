import type { RgbImage } from './rgb-image.js';

/** Copies an image into another with its top left pixel at (left, top); what reaches outside is dropped. */
export function pasteImage(target: RgbImage, image: RgbImage, left: number, top: number): void {
  const [first, last] = [Math.max(0, -left), Math.min(image.width, target.width - left)];
  if (first >= last) return;
  for (let y = Math.max(0, -top); y < Math.min(image.height, target.height - top); y++) {
    const row = image.data.subarray((y * image.width + first) * 3, (y * image.width + last) * 3);
    target.data.set(row, ((y + top) * target.width + left + first) * 3);
  }
}

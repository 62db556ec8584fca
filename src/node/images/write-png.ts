import { PNG } from 'pngjs';
import type { RgbImage } from '../../geometry/rgb-image.js';

/**
 * An image as the bytes of an RGB PNG file. Float pixels are rounded and clipped to 0-255.
 *
 * @example
 * ```ts
 * await writeFile('overlay.png', encodePng(drawLandmarks(image, detections)));
 * ```
 */
export function encodePng({ data, width, height }: RgbImage): Uint8Array {
  const png = new PNG({ width, height, colorType: 2, inputColorType: 2, inputHasAlpha: false });
  png.data = Buffer.from(Uint8ClampedArray.from(data));
  return PNG.sync.write(png, { colorType: 2, inputColorType: 2, inputHasAlpha: false });
}

import { ImageTooLargeError } from '../../errors.js';
import type { ImageDecoder } from './image-header.js';
import { loadSharp } from './load-sharp.js';

/** The decoder based on sharp; undefined if that is not installed. */
export async function loadSharpDecoder(): Promise<ImageDecoder | undefined> {
  const sharp = await loadSharp();
  if (!sharp) return undefined;
  return async (bytes, _header, maxPixels) => {
    const limitInputPixels = Number.isFinite(maxPixels) ? Math.floor(maxPixels) : false;
    try {
      const { data, info } = await sharp(bytes, { limitInputPixels, failOn: 'warning' })
        .rotate() // Without an angle: as EXIF says.
        .toColourspace('srgb')
        .removeAlpha()
        .raw({ depth: 'uchar' })
        .toBuffer({ resolveWithObject: true });
      const { buffer, byteOffset, length } = data;
      return { data: new Uint8Array(buffer, byteOffset, length), width: info.width, height: info.height };
    } catch (error) {
      if (!(error instanceof Error && error.message.includes('exceeds pixel limit'))) throw error;
      const message = `has more pixels than the limit of ${maxPixels}. Shrink it, or raise maxPixels if you trust it.`;
      throw new ImageTooLargeError(message, { cause: error });
    }
  };
}

import { ImageTooLargeError } from '../errors.js';
import type { ImageDecoder } from './image-decoder.js';

let loading: Promise<ImageDecoder | undefined> | undefined;

/** The decoder on top of sharp, an optional peer; undefined where it is not installed or its binary does not load. */
export function loadSharpDecoder(): Promise<ImageDecoder | undefined> {
  loading ??= import('sharp').then(
    ({ default: sharp }) => sharpDecoder(sharp),
    () => undefined,
  );
  return loading;
}

function sharpDecoder(sharp: typeof import('sharp').default): ImageDecoder {
  return async (bytes, _header, maxPixels) => {
    const limitInputPixels = Number.isFinite(maxPixels) ? Math.floor(maxPixels) : false;
    try {
      const { data, info } = await sharp(bytes, { limitInputPixels, failOn: 'warning' })
        .rotate() // Without an angle: as EXIF says.
        .toColourspace('srgb')
        .removeAlpha()
        .raw({ depth: 'uchar' })
        .toBuffer({ resolveWithObject: true });
      return {
        data: new Uint8Array(data.buffer, data.byteOffset, data.length),
        width: info.width,
        height: info.height,
      };
    } catch (error) {
      if (error instanceof Error && error.message.includes('exceeds pixel limit')) {
        throw new ImageTooLargeError(
          `has more pixels than the limit of ${maxPixels}. Shrink it, or raise maxPixels if you trust it.`,
          { cause: error },
        );
      }
      throw error;
    }
  };
}

import type { RgbImage } from '../../geometry/rgb-image.js';
import { orientationFromExif } from './exif-orientation.js';

/** What the first bytes of an image file say. */
export interface ImageHeader {
  format: 'JPEG' | 'PNG' | 'GIF' | 'WebP' | 'TIFF' | 'AVIF' | 'HEIF' | 'BMP';
  /** Stored size in pixels, before the orientation is applied; for JPEG and PNG only, sharp reads the others. */
  size?: { width: number; height: number };
  /** EXIF orientation of a JPEG, 1-8; 1 is upright. */
  orientation: number;
}

/**
 * Decodes an image file to upright RGB of 8 bits, whatever it stores (grey, palette, CMYK, alpha, 16 bits). The
 * header's size, if any, has been checked. Throws any Error for a corrupt or incomplete file.
 */
export type ImageDecoder = (bytes: Uint8Array, header: ImageHeader, maxPixels: number) => Promise<RgbImage>;

/** The Latin-1 text that files of a format begin with, or have at an offset. */
const signatures: readonly [format: ImageHeader['format'], text: string, offset?: number][] = [
  ['JPEG', '\xff\xd8\xff'],
  ['PNG', '\x89PNG\r\n\x1a\n'],
  ['GIF', 'GIF87a'],
  ['GIF', 'GIF89a'],
  ['WebP', 'WEBP', 8],
  ['TIFF', 'II*\0'],
  ['TIFF', 'MM\0*'],
  ['AVIF', 'ftypavif', 4],
  ['AVIF', 'ftypavis', 4],
  ['HEIF', 'ftyphei', 4],
  ['HEIF', 'ftypmif1', 4],
  ['BMP', 'BM'],
];

/**
 * Recognises an image file by its first bytes, whatever its name.
 *
 * @returns undefined for anything but the photographs of {@link ImageHeader}, such as SVG.
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  const format = signatures.find(([, text, offset]) => start.startsWith(text, offset))?.[0];
  if (!format) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === 'JPEG') return readJpegHeader(view);
  if (format === 'PNG' && bytes.length >= 24) {
    return { format, size: { width: view.getUint32(16), height: view.getUint32(20) }, orientation: 1 };
  }
  return { format, orientation: 1 };
}

/** The marker of a JPEG's EXIF segment. */
const APP1 = 0xe1;

/** Walks a JPEG's segments up to the frame header, which has the size; the EXIF segment comes before it. */
function readJpegHeader(view: DataView): ImageHeader {
  const header: ImageHeader = { format: 'JPEG', orientation: 1 };
  let offset = 2;
  while (offset + 9 <= view.byteLength && view.getUint8(offset) === 0xff) {
    const marker = view.getUint8(offset + 1);
    if (marker === 0xff) {
      offset += 1; // A fill byte.
      continue;
    }
    const length = view.getUint16(offset + 2);
    // The length counts its own two bytes: a smaller one is damage.
    if (length < 2) break;
    if (isFrameHeader(marker)) {
      return { ...header, size: { width: view.getUint16(offset + 7), height: view.getUint16(offset + 5) } };
    }
    if (marker === APP1 && offset + 2 + length <= view.byteLength) {
      const segment = new DataView(view.buffer, view.byteOffset + offset + 4, length - 2);
      header.orientation = orientationFromExif(segment) ?? header.orientation;
    }
    offset += 2 + length;
  }
  return header;
}

/** SOF0-SOF15; three markers in between mean something else (DHT, JPG, DAC). */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

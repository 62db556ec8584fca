import type { RgbImage } from '../../geometry/rgb-image.js';
import { orientationFromExif } from './exif-orientation.js';

/** What the first bytes of an image file say, read without decoding it. */
export interface ImageHeader {
  format: 'JPEG' | 'PNG' | 'GIF' | 'WebP' | 'TIFF' | 'AVIF' | 'HEIF' | 'BMP';
  /**
   * Stored size in pixels, before the orientation is applied. Read for JPEG and PNG only: the others are left to sharp.
   */
  size?: { width: number; height: number };
  /** EXIF orientation of a JPEG, 1-8; 1 is upright. */
  orientation: number;
}

/**
 * Decodes the bytes of an image file to upright RGB of 8 bits, whatever it stores (grey, palette, CMYK, alpha, 16
 * bits). The header's size, where there is one, has been checked. Throws any Error for a file that is corrupt or
 * incomplete.
 */
export type ImageDecoder = (bytes: Uint8Array, header: ImageHeader, maxPixels: number) => Promise<RgbImage>;

/** The text (as Latin-1) that files of a format begin with, or have at an offset. */
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
 * Recognises an image file by its first bytes; the file's name does not matter.
 *
 * @returns undefined for anything that is not a known kind of photograph (SVG among them: it is a program that draws).
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
    // The length counts its own two bytes: a smaller one is damage, and nothing after it can be trusted.
    if (length < 2) break;
    if (isFrameHeader(marker)) {
      return { ...header, size: { width: view.getUint16(offset + 7), height: view.getUint16(offset + 5) } };
    }
    const APP1 = 0xe1;
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

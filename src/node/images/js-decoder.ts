import { inflateSync } from 'node:zlib';
import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import type { RgbImage } from '../../geometry/rgb-image.js';
import { interleavedRgb } from '../../images/pixel-values.js';
import { applyOrientation } from './exif-orientation.js';
import type { ImageDecoder } from './image-header.js';

/** Decodes JPEG and PNG in plain JavaScript, for where sharp is not installed; slower, and without colour profiles. */
export const decodeWithJs: ImageDecoder = async (bytes, { format, size, orientation }) => {
  if (format !== 'JPEG' && format !== 'PNG') {
    throw new Error(
      `${format} needs the optional package sharp: npm install sharp. (JPEG and PNG are read without it.)`,
    );
  }
  if (!size) throw new Error('it ends within its header.');
  return format === 'PNG' ? decodePng(bytes, size) : applyOrientation(decodeJpeg(bytes, size), orientation);
};

function decodeJpeg(bytes: Uint8Array, size: { width: number; height: number }): RgbImage {
  const pixels = size.width * size.height;
  const { data, width, height } = jpeg.decode(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
    // The header has been checked against the caller's limit; a second, larger frame inside the file must not get past
    // it.
    maxResolutionInMP: (pixels + 1) / 1e6,
    // 28 bytes a pixel for four components (coefficients, samples, result), and room for the padding of small images.
    maxMemoryUsageInMB: 64 + (40 * pixels) / 2 ** 20,
  });
  return { data, width, height };
}

function decodePng(bytes: Uint8Array, size: { width: number; height: number }): RgbImage {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isInterlaced(buffer)) assertInflatesWithin(buffer, inflatedLimit(size));
  // pngjs gives RGBA of 8 bits whatever is stored.
  const { data, width, height } = PNG.sync.read(buffer);
  return { data: interleavedRgb(data, 4), width, height };
}

function isInterlaced(png: Buffer): boolean {
  return png[28] !== 0;
}

/** Two bytes for each of four channels, and a filter byte for each row of the seven passes. */
function inflatedLimit({ width, height }: { width: number; height: number }): number {
  return width * height * 8 + height * 7;
}

/**
 * pngjs bounds what a PNG inflates to by its size, except when it is interlaced: that would let a small file fill the
 * memory.
 */
function assertInflatesWithin(png: Buffer, maxOutputLength: number): void {
  const data: Buffer[] = [];
  for (let offset = 8; offset + 12 <= png.length; offset += 12 + png.readUInt32BE(offset)) {
    if (png.toString('latin1', offset + 4, offset + 8) !== 'IDAT') continue;
    data.push(png.subarray(offset + 8, offset + 8 + png.readUInt32BE(offset)));
  }
  inflateSync(Buffer.concat(data), { maxOutputLength });
}

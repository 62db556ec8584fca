import { inflateSync } from 'node:zlib';
import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import type { RgbImage } from '../../geometry/rgb-image.js';
import { interleavedRgb } from '../../images/pixel-values.js';
import { applyOrientation } from './exif-orientation.js';
import type { ImageDecoder } from './image-header.js';

/** Decodes JPEG and PNG in plain JavaScript, without sharp: slower, and without colour profiles. */
export const decodeWithJs: ImageDecoder = async (bytes, { format, size, orientation }) => {
  if (format !== 'JPEG' && format !== 'PNG') {
    throw new Error(`${format} needs the optional package sharp: npm install sharp. JPEG and PNG do not.`);
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
    // The header has been checked against the caller's limit; a second, larger frame in the file must not get past it.
    maxResolutionInMP: (pixels + 1) / 1e6,
    // 28 bytes a pixel for four components (coefficients, samples, result), and room for the padding of small images.
    maxMemoryUsageInMB: 64 + (40 * pixels) / 2 ** 20,
  });
  return { data, width, height };
}

function decodePng(bytes: Uint8Array, size: { width: number; height: number }): RgbImage {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isInterlaced = buffer[28] !== 0;
  // Two bytes for each of four channels, and a filter byte for each row of the seven passes.
  if (isInterlaced) assertInflatesWithin(buffer, size.width * size.height * 8 + size.height * 7);
  // pngjs gives RGBA of 8 bits whatever is stored.
  const { data, width, height } = PNG.sync.read(buffer);
  return { data: interleavedRgb(data, 4), width, height };
}

/** pngjs bounds what a PNG inflates to by its size, except if it is interlaced: a small file could fill the memory. */
function assertInflatesWithin(png: Buffer, maxOutputLength: number): void {
  const data: Buffer[] = [];
  for (let offset = 8; offset + 12 <= png.length; offset += 12 + png.readUInt32BE(offset)) {
    if (png.toString('latin1', offset + 4, offset + 8) !== 'IDAT') continue;
    data.push(png.subarray(offset + 8, offset + 8 + png.readUInt32BE(offset)));
  }
  inflateSync(Buffer.concat(data), { maxOutputLength });
}

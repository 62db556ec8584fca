import type { RgbImage } from '../../geometry/rgb-image.js';

const ORIENTATION_TAG = 0x0112;

/**
 * The orientation (1-8) in an EXIF block: `Exif\0\0`, then a small TIFF file whose first directory has the tag.
 *
 * @returns undefined when the block is not EXIF, is malformed, or has no such tag: broken metadata are common, and no
 *   reason to refuse a picture.
 */
export function orientationFromExif(segment: DataView): number | undefined {
  const tiff = 6;
  if (segment.byteLength < tiff + 8 || segment.getUint32(0) !== 0x45786966) return undefined;
  const littleEndian = segment.getUint16(tiff) === 0x4949;
  const directory = tiff + segment.getUint32(tiff + 4, littleEndian);
  if (directory + 2 > segment.byteLength) return undefined;
  const entries = segment.getUint16(directory, littleEndian);
  for (let index = 0; index < entries; index++) {
    const entry = directory + 2 + index * 12;
    if (entry + 12 > segment.byteLength) return undefined;
    if (segment.getUint16(entry, littleEndian) !== ORIENTATION_TAG) continue;
    const value = segment.getUint16(entry + 8, littleEndian);
    return value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}

/** Turns a stored image upright. Orientations 5-8 exchange width and height. */
export function applyOrientation(image: RgbImage, orientation: number): RgbImage {
  if (orientation === 1) return image;
  const isTransposed = orientation >= 5;
  const [width, height] = isTransposed ? [image.height, image.width] : [image.width, image.height];
  const [isMirroredX, isMirroredY] = [[2, 3, 6, 7].includes(orientation), [3, 4, 7, 8].includes(orientation)];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, target = 0; y < height; y++) {
    for (let x = 0; x < width; x++, target += 3) {
      const [alongX, alongY] = [isMirroredX ? width - 1 - x : x, isMirroredY ? height - 1 - y : y];
      const source = (isTransposed ? alongX * image.width + alongY : alongY * image.width + alongX) * 3;
      data[target] = image.data[source]!;
      data[target + 1] = image.data[source + 1]!;
      data[target + 2] = image.data[source + 2]!;
    }
  }
  return { data, width, height };
}

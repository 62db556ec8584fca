import type { RgbImage } from '../../geometry/rgb-image.js';

const ORIENTATION_TAG = 0x0112;

/**
 * The orientation tag (1-8) of an EXIF block: `Exif\0\0`, then a small TIFF file whose first directory has the tag.
 *
 * @returns undefined when the block is not EXIF, is malformed, or has no such tag: photographs are full of broken
 *   metadata, and none of it is a reason to refuse the picture.
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
  const { width: storedWidth, height: storedHeight } = image;
  const [width, height] = orientation >= 5 ? [storedHeight, storedWidth] : [storedWidth, storedHeight];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, target = 0; y < height; y++) {
    for (let x = 0; x < width; x++, target += 3) {
      const [column, row] = storedPosition(orientation, x, y, width, height);
      const source = (row * storedWidth + column) * 3;
      data[target] = image.data[source]!;
      data[target + 1] = image.data[source + 1]!;
      data[target + 2] = image.data[source + 2]!;
    }
  }
  return { data, width, height };
}

/** Where the pixel that belongs at (x, y) of the upright image is stored. */
function storedPosition(orientation: number, x: number, y: number, width: number, height: number): [number, number] {
  const [mirroredX, mirroredY] = [width - 1 - x, height - 1 - y];
  switch (orientation) {
    case 2:
      return [mirroredX, y];
    case 3:
      return [mirroredX, mirroredY];
    case 4:
      return [x, mirroredY];
    case 5:
      return [y, x];
    case 6:
      return [y, mirroredX];
    case 7:
      return [mirroredY, mirroredX];
    case 8:
      return [mirroredY, x];
    default:
      return [x, y];
  }
}

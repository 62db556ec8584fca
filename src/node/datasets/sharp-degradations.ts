/** Shrinking and compression as by cameras and web sites, with the optional package sharp. Training uses none of it. */
import type { Sharp } from 'sharp';
import { PackageUnavailableError } from '../../errors.js';
import type { RgbImage } from '../../geometry/rgb-image.js';
import { loadSharp } from '../images/load-sharp.js';

/** Shrinks by a Lanczos filter of three lobes, whose negative lobes leave halos at edges. */
export async function shrinkLanczos(image: RgbImage, width: number, height: number): Promise<RgbImage> {
  const { whole } = await open(image);
  return toRgb(whole.resize(width, height, { kernel: 'lanczos3', fit: 'fill' }));
}

/** Compression by WebP, whose prediction and filters blur where JPEG has blocks. */
export async function compressWebp(image: RgbImage, quality: number): Promise<RgbImage> {
  const { sharp, whole } = await open(image);
  return toRgb(sharp(await whole.webp({ quality }).toBuffer()));
}

/** Compression by JPEG with halved colour resolution (4:2:0), as cameras and web sites save. */
export async function compressJpeg420(image: RgbImage, quality: number): Promise<RgbImage> {
  const { sharp, whole } = await open(image);
  return toRgb(sharp(await whole.jpeg({ quality, chromaSubsampling: '4:2:0' }).toBuffer()));
}

async function open({ data, width, height }: RgbImage) {
  const sharp = await loadSharp();
  if (!sharp) throw new PackageUnavailableError('Shrinking faces as by cameras needs sharp: npm install sharp.');
  // Uint8ClampedArray rounds and clips.
  const whole = sharp(Buffer.from(Uint8ClampedArray.from(data)), { raw: { width, height, channels: 3 } });
  return { sharp, whole };
}

async function toRgb(image: Sharp): Promise<RgbImage> {
  const { data, info } = await image.toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: info.width, height: info.height };
}

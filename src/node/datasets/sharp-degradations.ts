/**
 * Shrinking and compressing as cameras and web sites do, by the optional package sharp. Training uses none of it
 * (`jpeg-artifacts.ts` has no chroma subsampling).
 */
import type { Sharp } from 'sharp';
import type { RgbImage } from '../../geometry/rgb-image.js';
import { requireSharp, type SharpFactory } from '../images/load-sharp.js';

/** Shrinks by a Lanczos filter of three lobes, whose negative lobes leave halos at edges. */
export async function shrinkLanczos(image: RgbImage, width: number, height: number): Promise<RgbImage> {
  const sharp = await requireSharp();
  return toRgb(toSharp(sharp, image).resize(width, height, { kernel: 'lanczos3', fit: 'fill' }));
}

/** Compression by WebP, whose prediction and filters blur where JPEG has blocks. */
export async function compressWebp(image: RgbImage, quality: number): Promise<RgbImage> {
  const sharp = await requireSharp();
  return toRgb(sharp(await toSharp(sharp, image).webp({ quality }).toBuffer()));
}

/** Compression by JPEG with halved colour resolution (4:2:0), as cameras and web sites save. */
export async function compressJpeg420(image: RgbImage, quality: number): Promise<RgbImage> {
  const sharp = await requireSharp();
  return toRgb(sharp(await toSharp(sharp, image).jpeg({ quality, chromaSubsampling: '4:2:0' }).toBuffer()));
}

function toSharp(sharp: SharpFactory, { data, width, height }: RgbImage): Sharp {
  // Uint8ClampedArray rounds and clips.
  const bytes = Buffer.from(Uint8ClampedArray.from(data));
  return sharp(bytes, { raw: { width, height, channels: 3 } });
}

async function toRgb(image: Sharp): Promise<RgbImage> {
  const { data, info } = await image.toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: info.width, height: info.height };
}

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ImageDecodeError, ImageTooLargeError, InvalidArgumentError, InvalidImageError } from '../../errors.js';
import type { RgbImage } from '../../geometry/rgb-image.js';
import { assertImageSize, DEFAULT_MAX_PIXELS } from '../../images/image-input.js';
import { type ImageDecoder, readImageHeader } from './image-header.js';
import { decodeWithJs } from './js-decoder.js';
import { loadSharpDecoder } from './sharp-decoder.js';

/** An image file: its path, a `file:` URL, or its bytes (a Buffer, say). */
export type ImageSource = string | URL | Uint8Array;

/** How an image file is read. */
export interface ReadImageOptions {
  /** Largest width x height, checked on the header before decoding; 64 megapixels by default. */
  maxPixels?: number;
}

/**
 * Reads an image file to RGB of 8 bits, upright (EXIF orientation applied), alpha dropped.
 *
 * Reads JPEG and PNG; with the optional package sharp also WebP, GIF (the first frame), TIFF and AVIF. The format is
 * recognised by the content. Nothing is downloaded: `http:` URLs are refused.
 *
 * @throws InvalidImageError when there is no such file, or the source is not a path, `file:` URL or bytes.
 * @throws ImageDecodeError when it is not an image, or corrupt or incomplete.
 * @throws ImageTooLargeError over `maxPixels`.
 * @example
 * ```ts
 * const image = await readImage('crowd.jpg');
 * ```
 */
export async function readImage(source: ImageSource, options: ReadImageOptions = {}): Promise<RgbImage> {
  return readImageWith((await loadSharpDecoder()) ?? decodeWithJs, source, options);
}

/** {@link readImage} with a given decoder. */
export async function readImageWith(
  decode: ImageDecoder,
  source: ImageSource,
  { maxPixels = DEFAULT_MAX_PIXELS }: ReadImageOptions = {},
): Promise<RgbImage> {
  const { bytes, name } = await load(source);
  const header = readImageHeader(bytes);
  if (!header) {
    if (bytes.length === 0) throw new ImageDecodeError(`${name} is empty (0 bytes).`);
    throw new ImageDecodeError(`${name} is not an image: not a JPEG, PNG, WebP, GIF, TIFF or AVIF file.`);
  }
  if (header.format === 'BMP') {
    throw new ImageDecodeError(`${name} is a BMP file, which is not supported: convert it to PNG.`);
  }
  try {
    if (header.size) assertImageSize(header.size.width, header.size.height, maxPixels);
    return await decode(bytes, header, maxPixels);
  } catch (error) {
    if (error instanceof InvalidArgumentError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof ImageTooLargeError) throw new ImageTooLargeError(`${name}: ${reason}`, { cause: error });
    const message = `${name} cannot be decoded as ${header.format}: ${reason} If it opens elsewhere, save it as PNG.`;
    throw new ImageDecodeError(message, { cause: error });
  }
}

async function load(source: ImageSource): Promise<{ bytes: Uint8Array; name: string }> {
  if (source instanceof Uint8Array) return { bytes: source, name: `The buffer of ${source.length} bytes` };
  const path = toPath(source);
  try {
    return { bytes: await readFile(path), name: path };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder, not a file' : message;
    throw new InvalidImageError(`Cannot read the image ${path}: ${reason}.`, { cause: error });
  }
}

function toPath(source: string | URL): string {
  if (typeof source !== 'string' && !(source instanceof URL)) {
    throw new InvalidImageError(
      `An image file is given by its path, a file: URL or its bytes (Uint8Array), not by a value of type ${typeof source}.`,
    );
  }
  const text = String(source);
  const scheme = /^([a-z][a-z\d+.-]+):/i.exec(text)?.[1]?.toLowerCase(); // Two letters at least: C: is a drive.
  if (scheme === 'file') return fileURLToPath(text);
  const looksLikeUrl = source instanceof URL || /^[a-z][a-z\d+.-]+:\/\//i.test(text) || scheme === 'data';
  if (looksLikeUrl) {
    throw new InvalidImageError(
      `${text.slice(0, 80)} is not a file: nothing is downloaded. Fetch it yourself and give the bytes: ` +
        'new Uint8Array(await (await fetch(url)).arrayBuffer()).',
    );
  }
  return text;
}

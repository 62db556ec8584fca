import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ImageDecodeError, ImageTooLargeError, InvalidArgumentError, InvalidImageError } from '../../../src/errors.js';
import type { RgbImage } from '../../../src/geometry/rgb-image.js';
import type { ImageDecoder } from '../../../src/node/images/image-header.js';
import { decodeWithJs } from '../../../src/node/images/js-decoder.js';
import { readImage, readImageWith } from '../../../src/node/images/read-image.js';
import { loadSharpDecoder } from '../../../src/node/images/sharp-decoder.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const decodeWithSharp = (await loadSharpDecoder())!;
const decoders: [string, ImageDecoder][] = [
  ['sharp', decodeWithSharp],
  ['plain JavaScript', decodeWithJs],
];

// A smooth picture whose four corners differ, so that a wrong turn shows, and JPEG changes it little.
const [WIDTH, HEIGHT] = [40, 24];
const picture = new Uint8Array(WIDTH * HEIGHT * 3);
for (let y = 0; y < HEIGHT; y++) {
  for (let x = 0; x < WIDTH; x++) picture.set([x * 6, y * 10, 255 - x * 3 - y * 5], (y * WIDTH + x) * 3);
}
const base = () => sharp(picture, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
const grey = picture.map((_, i) => Math.round((i % WIDTH) * 6));
const greyBase = () => sharp(grey.slice(0, WIDTH * HEIGHT), { raw: { width: WIDTH, height: HEIGHT, channels: 1 } });

function expectPicture(image: RgbImage, tolerance: number, expected: ArrayLike<number> = picture): void {
  expect([image.width, image.height]).toEqual([WIDTH, HEIGHT]);
  expect(image.data.length).toBe(expected.length);
  let largest = 0;
  for (let i = 0; i < expected.length; i++) largest = Math.max(largest, Math.abs(image.data[i]! - expected[i]!));
  expect(largest).toBeLessThanOrEqual(tolerance);
}

describe.each(decoders)('readImage with %s', (_name, decoder) => {
  const read = (bytes: Uint8Array, maxPixels = 1e6) => readImageWith(decoder, bytes, { maxPixels });

  it.each([
    ['PNG', () => base().png(), 0],
    ['interlaced PNG', () => base().png({ progressive: true }), 0],
    ['16-bit PNG', () => base().toColourspace('rgb16').png(), 1],
    ['PNG with alpha, whose colours stay', () => base().ensureAlpha(0.25).png(), 0],
    ['JPEG', () => base().jpeg({ quality: 100, chromaSubsampling: '4:4:4' }), 6],
    ['progressive JPEG', () => base().jpeg({ quality: 100, chromaSubsampling: '4:4:4', progressive: true }), 6],
  ])('reads %s', async (_format, encoder, tolerance) => {
    expectPicture(await read(await encoder().toBuffer()), tolerance);
  });

  it.each([
    ['greyscale PNG', () => greyBase().toColourspace('b-w').png(), 0],
    ['greyscale JPEG', () => greyBase().toColourspace('b-w').jpeg({ quality: 100 }), 3],
  ])('reads %s as three equal channels', async (_format, encoder, tolerance) => {
    const bytes = await encoder().toBuffer();
    expect((await sharp(bytes).metadata()).channels).toBe(1);
    expectPicture(
      await read(bytes),
      tolerance,
      Uint8Array.from(picture, (_, i) => grey[Math.floor(i / 3)]!),
    );
  });

  it('reads a palette PNG', async () => {
    const bytes = await base().png({ palette: true, dither: 0 }).toBuffer();
    expectPicture(await read(bytes), 30);
  });

  it('reads a CMYK JPEG near its colours', async () => {
    const bytes = await base().toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer();
    expect((await sharp(bytes).metadata()).space).toBe('cmyk');
    const image = await read(bytes);
    // Inks hold fewer colours than screens, and only sharp knows their profile (0.99 there, 0.89 without). Inverted inks, the
    // usual mistake with CMYK, would be negative.
    expect(pearson(Array.from(image.data), Array.from(picture))).toBeGreaterThan(0.85);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('turns EXIF orientation %i upright, as sharp does', async (orientation) => {
    const options = { quality: 100, chromaSubsampling: '4:4:4' };
    const bytes = await base().withMetadata({ orientation }).jpeg(options).toBuffer();
    const upright = await sharp(bytes).autoOrient().removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const image = await read(bytes);
    expect([image.width, image.height]).toEqual([upright.info.width, upright.info.height]);
    const difference = Array.from(image.data).reduce((sum, value, i) => sum + Math.abs(value - upright.data[i]!), 0);
    expect(difference / image.data.length).toBeLessThan(3);
  });

  it('moves the stored top right corner to the bottom right for orientation 6', async () => {
    const bytes = await base().withMetadata({ orientation: 6 }).jpeg({ quality: 100 }).toBuffer();
    const image = await read(bytes);
    expect([image.width, image.height]).toEqual([HEIGHT, WIDTH]);
    const topRight = picture.subarray((WIDTH - 1) * 3, WIDTH * 3);
    const bottomRight = image.data.subarray(image.data.length - 3);
    for (let channel = 0; channel < 3; channel++) {
      expect(Math.abs(topRight[channel]! - bottomRight[channel]!)).toBeLessThan(20);
    }
  });

  it.each([
    ['JPEG', () => base().jpeg()],
    ['progressive JPEG', () => base().jpeg({ progressive: true })],
    ['PNG', () => base().png()],
    ['interlaced PNG', () => base().png({ progressive: true })],
  ])('refuses a %s cut off anywhere before its last pixels', async (_format, encoder) => {
    const bytes = await encoder().toBuffer();
    const endMarker = 12; // PNG's IEND; JPEG's is shorter. Without it all pixels may still be there.
    for (let length = 0; length < bytes.length - endMarker; length += 7) {
      await expect(read(bytes.subarray(0, length)), `${length} of ${bytes.length} bytes`).rejects.toThrow(
        ImageDecodeError,
      );
    }
  });

  it('refuses corrupt data, and names the source and the format', async () => {
    const bytes = await base().png().toBuffer();
    bytes.fill(0x55, 60, bytes.length - 60);
    await expect(read(bytes)).rejects.toThrow(ImageDecodeError);
    await expect(read(bytes)).rejects.toThrow(/The buffer of \d+ bytes cannot be decoded as PNG/);
  });

  it('refuses a decompression bomb by its header, without decoding', async () => {
    for (const bomb of [pngHeader(60_000, 60_000), jpegHeader(60_000, 60_000)]) {
      await expect(read(bomb)).rejects.toThrow(ImageTooLargeError);
      await expect(read(bomb)).rejects.toThrow('60000 x 60000 pixels exceeds the limit of 1000000');
    }
  });

  it('accepts an image of exactly maxPixels, and refuses one of a pixel more', async () => {
    const bytes = await base().png().toBuffer();
    await expect(read(bytes, WIDTH * HEIGHT)).resolves.toBeDefined();
    await expect(read(bytes, WIDTH * HEIGHT - 1)).rejects.toThrow(ImageTooLargeError);
    await expect(read(bytes, 0)).rejects.toThrow(InvalidArgumentError);
    await expect(read(bytes, Number.POSITIVE_INFINITY)).resolves.toBeDefined();
  });

  it('refuses a header with a width or height of 0', async () => {
    await expect(read(pngHeader(0, 10))).rejects.toThrow(ImageDecodeError);
    await expect(read(jpegHeader(10, 0))).rejects.toThrow(ImageDecodeError);
  });
});

describe('readImage with one of the decoders', () => {
  const encoders = {
    WebP: () => base().webp({ lossless: true }),
    GIF: () => base().gif(),
    TIFF: () => base().tiff({ compression: 'none' }),
    AVIF: () => base().avif({ quality: 90 }),
  };

  it.each(Object.entries(encoders))('reads %s with sharp, and asks for sharp without it', async (format, encoder) => {
    const bytes = await encoder().toBuffer();
    const image = await readImageWith(decodeWithSharp, bytes);
    expect([image.width, image.height]).toEqual([WIDTH, HEIGHT]);
    await expect(readImageWith(decodeWithJs, bytes)).rejects.toThrow(ImageDecodeError);
    await expect(readImageWith(decodeWithJs, bytes)).rejects.toThrow(`${format} needs the optional package sharp`);
  });

  it('refuses decompression bombs of other formats before decoding', async () => {
    const bytes = await encoders.GIF().toBuffer();
    const read = readImageWith(decodeWithSharp, bytes, { maxPixels: 100 });
    await expect(read).rejects.toThrow(ImageTooLargeError);
    await expect(read).rejects.toThrow('limit of 100');
  });

  it('limits what an interlaced PNG inflates to, without sharp', async () => {
    const header = chunk('IHDR', Buffer.of(0, 0, 0, 8, 0, 0, 0, 8, 8, 2, 0, 0, 1));
    const bomb = chunk('IDAT', deflateSync(Buffer.alloc(50_000_000)));
    const png = Buffer.concat([PNG_SIGNATURE, header, bomb, chunk('IEND', Buffer.alloc(0))]);
    const read = readImageWith(decodeWithJs, png);
    await expect(read).rejects.toThrow(ImageDecodeError);
    await expect(read).rejects.toMatchObject({ cause: { code: 'ERR_BUFFER_TOO_LARGE' } });
  });
});

describe('readImage without sharp installed', () => {
  afterEach(() => {
    vi.doUnmock('sharp');
    vi.resetModules();
  });

  it('reads JPEG and PNG', async () => {
    vi.resetModules();
    vi.doMock('sharp', () => {
      throw new Error("Cannot find package 'sharp'");
    });
    const { readImage: readWithoutSharp } = await import('../../../src/node/images/read-image.js');
    expectPicture(await readWithoutSharp(await base().png().toBuffer()), 0);
    await expect(readWithoutSharp(await base().webp().toBuffer())).rejects.toThrow('npm install sharp');
  });
});

describe('readImage of a path, a URL or bytes', () => {
  it('reads a path, a file: URL and bytes alike', async () => {
    const bytes = await base().png().toBuffer();
    const path = join(await temporaryFolder(), 'a face.png');
    await writeFile(path, bytes);
    const url = pathToFileURL(path);
    for (const source of [path, url, url.href, bytes, new Uint8Array(bytes)]) expectPicture(await readImage(source), 0);
  });

  it('recognises the format by content, not by name', async () => {
    const path = join(await temporaryFolder(), 'face.jpg');
    await writeFile(path, await base().png().toBuffer());
    expectPicture(await readImage(path), 0);
  });

  it('refuses a missing file, a folder, and a file that is not an image, and names it', async () => {
    const folder = await temporaryFolder();
    await expect(readImage(join(folder, 'none.png'))).rejects.toThrow(InvalidImageError);
    await expect(readImage(join(folder, 'none.png'))).rejects.toThrow(/none\.png: there is no such file/);
    await expect(readImage(folder)).rejects.toThrow('it is a folder');
    const contents = { 'empty.png': '', 'text.png': 'hello world', 'drawing.svg': '<svg xmlns="..."/>' };
    for (const [name, content] of Object.entries(contents)) {
      await writeFile(join(folder, name), content);
      await expect(readImage(join(folder, name))).rejects.toThrow(ImageDecodeError);
      await expect(readImage(join(folder, name))).rejects.toThrow(name);
    }
    await expect(readImage(join(folder, 'empty.png'))).rejects.toThrow('is empty (0 bytes)');
  });

  it('refuses BMP, and says that it is not supported', async () => {
    await expect(readImage(Buffer.from('BM123456789012345'))).rejects.toThrow('convert it to PNG');
  });

  it.each(['https://example.org/a.jpg', new URL('http://example.org/a.jpg'), 'data:image/png;base64,AAAA'])(
    'downloads nothing: refuses %s',
    async (source) => {
      await expect(readImage(source)).rejects.toThrow(InvalidImageError);
      await expect(readImage(source)).rejects.toThrow('nothing is downloaded');
    },
  );

  it.each([[undefined], [42], [{}], [new ArrayBuffer(8)]])('refuses %o as a source', async (source) => {
    await expect(readImage(source as unknown as string)).rejects.toThrow(InvalidImageError);
  });
});

const PNG_SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([PNG_SIGNATURE, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(100)))]);
}

function jpegHeader(width: number, height: number): Buffer {
  const size = [height >> 8, height & 255, width >> 8, width & 255];
  const frame = [0xff, 0xc0, 0, 17, 8, ...size, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0];
  const comment = [0xff, 0xfe, 0, 6, 0xff, 0xc0, 1, 1]; // Looks like a frame, but is text.
  return Buffer.from([0xff, 0xd8, ...comment, 0xff, ...frame, ...Array<number>(40).fill(0)]);
}

function pearson(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const covariance = mean(a.map((value, i) => (value - meanA) * (b[i]! - meanB)));
  const deviation = (values: readonly number[], centre: number) =>
    Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
  return covariance / (deviation(a, meanA) * deviation(b, meanB));
}

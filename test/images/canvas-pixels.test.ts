import { afterEach, describe, expect, it, vi } from 'vitest';
import { ImageTooLargeError, InvalidImageError } from '../../src/errors.js';
import { type ImageInput, toRgbImage } from '../../src/images/image-input.js';

// Stand-ins with what the DOM's classes have: the same code meets the real ones in the browser test.
const PIXELS = Uint8ClampedArray.of(1, 2, 3, 255, 4, 5, 6, 0);

function context(pixels = PIXELS) {
  return {
    drawImage: vi.fn(),
    getImageData: vi.fn((_x: number, _y: number, width: number, height: number) => ({ data: pixels, width, height })),
  };
}

function offscreenCanvas(): { drawn: ReturnType<typeof context>; sizes: number[][] } {
  const drawn = context();
  const sizes: number[][] = [];
  class FakeOffscreenCanvas {
    constructor(width: number, height: number) {
      sizes.push([width, height]);
    }
    getContext() {
      return drawn;
    }
  }
  vi.stubGlobal('OffscreenCanvas', FakeOffscreenCanvas);
  return { drawn, sizes };
}

const read = (input: unknown) => toRgbImage(input as ImageInput);
const imageElement = (changes: object = {}) => ({
  complete: true,
  naturalWidth: 2,
  naturalHeight: 1,
  width: 200,
  height: 100,
  src: 'face.png',
  ...changes,
});
const videoElement = (changes: object = {}) => ({
  readyState: 4,
  videoWidth: 2,
  videoHeight: 1,
  width: 0,
  height: 0,
  ...changes,
});

class ImageBitmap {
  constructor(
    readonly width: number,
    readonly height: number,
  ) {}
  close() {}
}

afterEach(() => vi.unstubAllGlobals());

describe('toRgbImage of a canvas', () => {
  it('draws it onto another, and never asks it for a context, which would fix its kind', async () => {
    const { drawn, sizes } = offscreenCanvas();
    const getContext = vi.fn();
    const canvas = { width: 2, height: 1, getContext };
    expect(await read(canvas)).toEqual({ data: Uint8Array.of(1, 2, 3, 4, 5, 6), width: 2, height: 1 });
    expect(drawn.drawImage).toHaveBeenCalledWith(canvas, 0, 0, 2, 1);
    expect(sizes).toEqual([[2, 1]]);
    expect(getContext).not.toHaveBeenCalled();
  });

  it('reads a canvas of an npm package in Node by its own context', async () => {
    const canvas = { width: 2, height: 1, getContext: () => context() };
    expect(await read(canvas)).toEqual({ data: Uint8Array.of(1, 2, 3, 4, 5, 6), width: 2, height: 1 });
  });

  it('refuses one of another origin, and names the remedy', async () => {
    const getImageData = () => {
      throw new DOMException('The canvas has been tainted by cross-origin data.', 'SecurityError');
    };
    const canvas = { width: 2, height: 1, getContext: () => ({ ...context(), getImageData }) };
    await expect(read(canvas)).rejects.toThrow(InvalidImageError);
    await expect(read(canvas)).rejects.toThrow('crossOrigin');
  });

  it('refuses an empty or too large canvas before reading it', async () => {
    const own = context();
    await expect(read({ width: 0, height: 1, getContext: () => own })).rejects.toThrow('0 x 1');
    await expect(read({ width: 9000, height: 9000, getContext: () => own })).rejects.toThrow(ImageTooLargeError);
    expect(own.getImageData).not.toHaveBeenCalled();
  });

  it('wraps other errors of the browser in an InvalidImageError', async () => {
    const canvas = {
      width: 2,
      height: 1,
      getContext: () => {
        throw new DOMException('transferred to offscreen', 'InvalidStateError');
      },
    };
    await expect(read(canvas)).rejects.toThrow(/cannot be drawn to a canvas: transferred to offscreen/);
  });
});

describe('toRgbImage of an image, a video or a bitmap', () => {
  it.each([
    ['an img, in its natural size', imageElement()],
    ["a video's frame", videoElement()],
    ['an ImageBitmap', new ImageBitmap(2, 1)],
  ])('reads %s', async (_what, source) => {
    const { drawn, sizes } = offscreenCanvas();
    expect(await read(source)).toEqual({ data: Uint8Array.of(1, 2, 3, 4, 5, 6), width: 2, height: 1 });
    expect(sizes).toEqual([[2, 1]]);
    expect(drawn.drawImage).toHaveBeenCalledWith(source, 0, 0, 2, 1);
  });

  it('uses a canvas element if OffscreenCanvas is missing', async () => {
    const element = { width: 300, height: 150, getContext: () => context() };
    vi.stubGlobal('document', { createElement: () => element });
    expect((await read(imageElement())).width).toBe(2);
    expect([element.width, element.height]).toEqual([2, 1]);
  });

  it('says that there is no 2d canvas if the platform has none', async () => {
    await expect(read(imageElement())).rejects.toThrow('No 2d canvas');
  });

  it.each([
    ['an img that is loading', imageElement({ complete: false, naturalWidth: 0 }), 'image.decode()'],
    ['a broken img', imageElement({ naturalWidth: 0, naturalHeight: 0 }), '"face.png"'],
    ['a video without a frame', videoElement({ readyState: 1 }), "'loadeddata'"],
    ['a video without a size', videoElement({ videoWidth: 0 }), "'loadeddata'"],
    ['a closed ImageBitmap', new ImageBitmap(0, 0), 'close()'],
  ])('refuses %s', async (_what, source, remedy) => {
    offscreenCanvas();
    await expect(read(source)).rejects.toThrow(InvalidImageError);
    await expect(read(source)).rejects.toThrow(remedy);
  });
});

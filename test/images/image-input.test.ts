import vm from 'node:vm';
import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ImageTooLargeError, InvalidArgumentError, InvalidImageError } from '../../src/errors.js';
import { type ImageInput, toRgbImage } from '../../src/images/image-input.js';
import { expectNoLeak, useCpu } from '../support/tensors.js';

const refused = (input: unknown) => expect(toRgbImage(input as ImageInput)).rejects;

describe('toRgbImage of a pixel array', () => {
  it('keeps RGB, drops alpha without compositing, repeats grey', async () => {
    const rgb = await toRgbImage({ data: Uint8Array.of(1, 2, 3, 4, 5, 6), width: 2, height: 1 });
    expect(rgb).toEqual({ data: Uint8Array.of(1, 2, 3, 4, 5, 6), width: 2, height: 1 });
    const rgba = await toRgbImage({ data: Uint8ClampedArray.of(10, 20, 30, 0, 40, 50, 60, 128), width: 1, height: 2 });
    expect([...rgba.data]).toEqual([10, 20, 30, 40, 50, 60]);
    const grey = await toRgbImage({ data: Float32Array.of(7, 8.5), width: 2, height: 1 });
    expect(grey.data).toEqual(Float32Array.of(7, 7, 7, 8.5, 8.5, 8.5));
  });

  it('reads the same colours from every pixel count and channel count', async () => {
    const image = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), fc.constantFrom(1, 3, 4));
    await fc.assert(
      fc.asyncProperty(
        image,
        fc.infiniteStream(fc.integer({ min: 0, max: 255 })),
        async ([width, height, c], values) => {
          const data = Uint8Array.from({ length: width * height * c }, () => values.next().value as number);
          const rgb = await toRgbImage({ data, width, height });
          expect(rgb.data.length).toBe(width * height * 3);
          rgb.data.forEach((value, i) => {
            expect(value).toBe(data[Math.floor(i / 3) * c + (c === 1 ? 0 : i % 3)]);
          });
        },
      ),
      { numRuns: 50 },
    );
  });

  it.each([3, 4])('copies, also from a Buffer, so that a caller may reuse memory (%i channels)', async (channels) => {
    const data = Buffer.alloc(channels, 9);
    const image = await toRgbImage({ data, width: 1, height: 1 });
    data.fill(200);
    expect([...image.data]).toEqual([9, 9, 9]);
    expect(image.data.constructor).toBe(Uint8Array);
  });

  it('accepts arrays of another realm', async () => {
    const input = vm.runInNewContext('({ data: new Float32Array([1, 2, 3]), width: 1, height: 1 })');
    expect([...(await toRgbImage(input)).data]).toEqual([1, 2, 3]);
  });

  it('accepts rounding errors above white and below black', async () => {
    const image = await toRgbImage({ data: Float32Array.of(255.00002, -0.00001, 128), width: 1, height: 1 });
    expect(image.data).toHaveLength(3);
  });

  it('accepts all-black and 0-or-1 integer floats: they are within 0-255', async () => {
    await expect(toRgbImage({ data: new Float32Array(3), width: 1, height: 1 })).resolves.toBeDefined();
    await expect(toRgbImage({ data: Float32Array.of(0, 1, 1), width: 1, height: 1 })).resolves.toBeDefined();
  });

  it.each([
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['-3', -3],
    ['255.5', 255.5],
  ])('refuses a pixel of %s, naming index and value', async (text, value) => {
    const data = Float32Array.of(1, 2, value, 200);
    await refused({ data, width: 4, height: 1 }).toThrow(InvalidImageError);
    await refused({ data, width: 4, height: 1 }).toThrow(`index 2 is ${text}`);
  });

  it('refuses pixels scaled to [0, 1] or [-1, 1], and says how to scale them back', async () => {
    await refused({ data: Float32Array.of(0, 0.5, 1), width: 1, height: 1 }).toThrow('Multiply by 255');
    await refused({ data: Float32Array.of(-1, 0.5, 1), width: 1, height: 1 }).toThrow('(x + 1) * 127.5');
    await refused({ data: Float32Array.of(-0.5, 0.5, 90), width: 1, height: 1 }).not.toThrow('127.5');
  });

  it('refuses lengths that are not a whole number of channels', async () => {
    await refused({ data: new Uint8Array(10), width: 2, height: 2 }).toThrow('10 values do not fill 2 x 2');
    await refused({ data: new Uint8Array(8), width: 2, height: 2 }).toThrow(InvalidImageError); // Two channels.
    await refused({ data: new Uint8Array(0), width: 2, height: 2 }).toThrow(InvalidImageError);
  });

  it.each([
    [0, 4],
    [4, 0],
    [-2, 2],
    [1.5, 2],
    [Number.NaN, 2],
  ])('refuses the size %d x %d', async (width, height) => {
    await refused({ data: new Uint8Array(12), width, height }).toThrow(`${width} x ${height}`);
    await refused({ data: new Uint8Array(12), width, height }).toThrow(InvalidImageError);
  });

  it('refuses images over the limit, 64 megapixels unless set, before looking at the data', async () => {
    const empty = new Uint8Array(0);
    await refused({ data: empty, width: 8001, height: 8000 }).toThrow(ImageTooLargeError);
    await refused({ data: empty, width: 8000, height: 8000 }).toThrow(InvalidImageError);
    const image = { data: new Uint8Array(12), width: 2, height: 2 };
    await expect(toRgbImage(image, { maxPixels: 3 })).rejects.toThrow(/2 x 2 pixels exceeds the limit of 3.*maxPixels/);
    await expect(toRgbImage(image, { maxPixels: 4 })).resolves.toBeDefined();
    await expect(toRgbImage(image, { maxPixels: Number.NaN })).rejects.toThrow(InvalidArgumentError);
  });
});

describe('toRgbImage of anything else', () => {
  it.each([
    ['plain numbers', { data: [1, 2, 3], width: 1, height: 1 }, 'Uint8ClampedArray.from(data)'],
    ['16-bit values', { data: new Uint16Array(3), width: 1, height: 1 }, 'Uint16Array'],
    ['no data', { data: undefined, width: 1, height: 1 }, 'undefined'],
    ['a path', 'face.jpg', 'lowres-landmarks/node'],
    ['a URL', new URL('file:///face.jpg'), 'lowres-landmarks/node'],
    ['bytes of a file', new Uint8Array(10), 'lowres-landmarks/node'],
    ['a Blob', new Blob([]), 'createImageBitmap'],
    ['a promise', Promise.resolve(), 'Await it'],
    ['null', null, 'null is not an image'],
    ['undefined', undefined, 'undefined is not an image'],
    ['a number', 7, '7 is not an image'],
    ['an object', {}, 'Object'],
  ])('refuses %s, and names the remedy', async (_what, input, remedy) => {
    await refused(input).toThrow(InvalidImageError);
    await refused(input).toThrow(remedy);
  });
});

describe('toRgbImage of a tensor', () => {
  beforeAll(useCpu);

  it('reads int32 and float32 of 1, 3 and 4 channels, and does not dispose the tensor', async () => {
    const rgb = tf.tensor3d([1, 2, 3, 4, 5, 6], [1, 2, 3], 'int32');
    const rgba = tf.tensor3d([1.5, 2, 3, 99], [1, 1, 4]);
    const grey = tf.tensor3d([7, 8], [2, 1, 1], 'int32');
    await expectNoLeak(async () => {
      expect(await toRgbImage(rgb)).toEqual({ data: Uint8Array.of(1, 2, 3, 4, 5, 6), width: 2, height: 1 });
      expect(await toRgbImage(rgba)).toEqual({ data: Float32Array.of(1.5, 2, 3), width: 1, height: 1 });
      expect(await toRgbImage(grey)).toEqual({ data: Uint8Array.of(7, 7, 7, 8, 8, 8), width: 1, height: 2 });
    });
    expect(rgb.isDisposed).toBe(false);
    tf.dispose([rgb, rgba, grey]);
  });

  it('copies the memory of the tensor', async () => {
    const tensor = tf.tensor3d([10, 20, 30], [1, 1, 3]);
    const image = await toRgbImage(tensor);
    image.data[0] = 200;
    expect([...(await tensor.data())]).toEqual([10, 20, 30]);
    tensor.dispose();
  });

  it('refuses other shapes, types, ranges and sizes, and never leaks', async () => {
    const cases: [tf.Tensor, string | typeof ImageTooLargeError][] = [
      [tf.zeros([1, 2, 2, 3]), 'one image of a batch'],
      [tf.zeros([2, 2]), '[2,2]'],
      [tf.zeros([2, 2, 2]), '[2,2,2]'],
      [tf.zeros([0, 2, 3]), '2 x 0'],
      [tf.zeros([2, 2, 3], 'bool'), 'bool'],
      [tf.tensor3d([0, 0.5, 1], [1, 1, 3]), 'Multiply by 255'],
      [tf.tensor3d([-1, 0, 1], [1, 1, 3]), '(x + 1) * 127.5'],
      [tf.tensor3d([0, 256, 1], [1, 1, 3], 'int32'), 'index 1 is 256'],
      [tf.tensor3d([0, Number.NaN, 1], [1, 1, 3]), 'index 1 is NaN'],
      [tf.zeros([8001, 8000, 1], 'int32'), ImageTooLargeError],
    ];
    for (const [tensor, reason] of cases) {
      await expectNoLeak(() => refused(tensor).toThrow(reason as string));
      tensor.dispose();
    }
    await refused(cases[0]![0]).toThrow('after its disposal');
  });
});

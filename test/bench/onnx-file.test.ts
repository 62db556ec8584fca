import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toChannelsFirst, toChannelsLast, toOnnxKernel } from '../../bench/speed/permute.js';
import { encodeMessage } from '../../src/formats/protobuf.js';

describe('encodeMessage', () => {
  // The three examples of https://protobuf.dev/programming-guides/encoding.
  it('writes whole numbers, text and nested messages as the documentation of Protocol Buffers does', () => {
    const number = encodeMessage([[1, 150]]);
    expect([...number]).toEqual([0x08, 0x96, 0x01]);
    expect([...encodeMessage([[2, 'testing']])]).toEqual([0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67]);
    expect([...encodeMessage([[3, number]])]).toEqual([0x1a, 0x03, 0x08, 0x96, 0x01]);
  });

  it('writes numbers so that their bits can be read back', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        const [, ...bytes] = encodeMessage([[1, value]]);
        const read = bytes.reduceRight((rest, byte) => rest * 128n + BigInt(byte & 127), 0n);
        expect(read).toBe(BigInt(value));
        expect(bytes.map((byte) => byte >> 7)).toEqual(bytes.map((_, index) => (index < bytes.length - 1 ? 1 : 0)));
      }),
    );
  });

  it('counts the bytes of text, not its letters, and takes field numbers of two bytes', () => {
    expect([...encodeMessage([[20, 'é']])]).toEqual([0xa2, 0x01, 0x02, 0xc3, 0xa9]);
  });
});

describe('orders of dimensions', () => {
  it('puts the channels of a 1 x 2 picture of three channels first', () => {
    const picture = { shape: [1, 1, 2, 3], data: Float32Array.of(11, 12, 13, 21, 22, 23) };
    const channelsFirst = { shape: [1, 3, 1, 2], data: Float32Array.of(11, 21, 12, 22, 13, 23) };
    expect(toChannelsFirst(picture)).toEqual(channelsFirst);
    expect(toChannelsLast(channelsFirst)).toEqual(picture);
  });

  it('makes [out, in, h, w] of a kernel [h, w, in, out]', () => {
    const [height, width, from, to] = [3, 2, 4, 5];
    // Every number tells its place: row, column, input, output.
    const data: number[] = [];
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let i = 0; i < from; i++) for (let o = 0; o < to; o++) data.push(1000 * y + 100 * x + 10 * i + o);
    const kernel = toOnnxKernel({ shape: [height, width, from, to], data: Float32Array.from(data) });
    expect(kernel.shape).toEqual([5, 4, 3, 2]);
    expect([...kernel.data.slice(0, 7)]).toEqual([0, 100, 1000, 1100, 2000, 2100, 10]);
    expect(kernel.data.at(-1)).toBe(2134);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WeightsCorruptError } from '../../src/errors.js';
import { fromHalf } from '../../src/formats/half-precision.js';
import {
  decodeSafetensors,
  encodeSafetensors,
  type PlainTensor,
  type TensorFile,
} from '../../src/formats/safetensors.js';

const tensor = fc
  .array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 })
  .chain((shape) => {
    const length = shape.reduce((product, size) => product * size, 1);
    return fc.tuple(fc.constant(shape), fc.array(fc.float(), { minLength: length, maxLength: length }));
  })
  .map(([shape, values]): PlainTensor => ({ shape, data: Float32Array.from(values) }));
const name = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => !text.startsWith('__'));
const file: fc.Arbitrary<TensorFile> = fc.record({
  tensors: fc.dictionary(name, tensor, { noNullPrototype: true }),
  metadata: fc.dictionary(name, fc.string({ unit: 'grapheme' }), { noNullPrototype: true }),
});

const example: TensorFile = {
  tensors: {
    'stem/kernel': { shape: [2, 3], data: Float32Array.from([1, -2, 0.5, 3, 1e-3, -4]) },
    empty: { shape: [0], data: new Float32Array(0) },
    bias: { shape: [], data: Float32Array.from([7]) },
  },
  metadata: { network: 'HeatmapUNet', text: 'größe' },
};

/** A file with a header of one's own. */
function fileWithHeader(header: string | Uint8Array, data = new Uint8Array(0)): Uint8Array {
  const bytes = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const made = new Uint8Array(8 + bytes.length + data.length);
  new DataView(made.buffer).setBigUint64(0, BigInt(bytes.length), true);
  made.set(bytes, 8);
  made.set(data, 8 + bytes.length);
  return made;
}

describe('safetensors', () => {
  it('reads what it wrote in single precision, bit for bit', () => {
    fc.assert(
      fc.property(file, (written) => {
        const read = decodeSafetensors(encodeSafetensors(written));
        expect(Object.keys(read.tensors)).toEqual(Object.keys(written.tensors));
        expect(read.metadata).toEqual(written.metadata);
        for (const [key, { shape, data }] of Object.entries(written.tensors)) {
          expect(read.tensors[key]!.shape).toEqual(shape);
          expect(read.tensors[key]!.data).toEqual(data);
        }
      }),
    );
  });

  it('rounds to half precision on request, to within half a step', () => {
    const values = Float32Array.from({ length: 200 }, (_, i) => Math.sin(i) * 1.7 ** (i % 13));
    const encoded = encodeSafetensors({ tensors: { w: { shape: [200], data: values } }, metadata: {} }, 'F16');
    const { data } = decodeSafetensors(encoded).tensors.w!;
    values.forEach((value, i) => {
      expect(Math.abs(data[i]! - value)).toBeLessThanOrEqual(2 ** -11 * Math.abs(value));
    });
  });

  it('lays the file out as the format says: length, JSON, little-endian data aligned to 8 bytes', () => {
    for (const precision of ['F32', 'F16'] as const) {
      const encoded = encodeSafetensors(example, precision);
      const view = new DataView(encoded.buffer);
      const length = Number(view.getBigUint64(0, true));
      expect((8 + length) % 8).toBe(0);
      const header = JSON.parse(new TextDecoder().decode(encoded.subarray(8, 8 + length)));
      expect(header.__metadata__).toEqual(example.metadata);
      const width = precision === 'F16' ? 2 : 4;
      expect(header['stem/kernel']).toEqual({ dtype: precision, shape: [2, 3], data_offsets: [0, 6 * width] });
      expect(header.bias).toEqual({ dtype: precision, shape: [], data_offsets: [6 * width, 7 * width] });
      expect(encoded.length).toBe(8 + length + 7 * width);
      const third = 8 + length + 2 * width;
      expect(width === 2 ? fromHalf(view.getUint16(third, true)) : view.getFloat32(third, true)).toBe(0.5);
    }
  });

  it('aligns the data whatever the header', () => {
    fc.assert(
      fc.property(file, (content) => {
        const encoded = encodeSafetensors(content);
        expect(Number(new DataView(encoded.buffer).getBigUint64(0, true)) % 8).toBe(0);
      }),
    );
  });

  it('reads a file that begins anywhere in a larger buffer', () => {
    const encoded = encodeSafetensors(example);
    const larger = new Uint8Array(encoded.length + 16);
    larger.set(encoded, 3);
    expect(decodeSafetensors(larger.subarray(3, 3 + encoded.length))).toEqual(decodeSafetensors(encoded));
  });

  it('refuses every truncation', () => {
    const encoded = encodeSafetensors(example);
    for (let length = 0; length < encoded.length; length++) {
      expect(() => decodeSafetensors(encoded.subarray(0, length)), `${length} bytes`).toThrow(WeightsCorruptError);
    }
  });

  it.each([
    ['not JSON', '{"a":'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a tensor that is null', '{"a":null}'],
    ['a tensor that is a number', '{"a":3}'],
    ['no type', '{"a":{"shape":[1],"data_offsets":[0,4]}}'],
    ['another type', '{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}'],
    ['no shape', '{"a":{"dtype":"F32","data_offsets":[0,4]}}'],
    ['a shape of text', '{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}'],
    ['a shape of nothing', '{"a":{"dtype":"F32","shape":[null],"data_offsets":[0,0]}}'],
    ['a negative shape', '{"a":{"dtype":"F32","shape":[-1,-1],"data_offsets":[0,4]}}'],
    ['a fractional shape', '{"a":{"dtype":"F32","shape":[0.5,2],"data_offsets":[0,4]}}'],
    ['a shape larger than any file', '{"a":{"dtype":"F32","shape":[1e300,1e300],"data_offsets":[0,4]}}'],
    ['no place', '{"a":{"dtype":"F32","shape":[1]}}'],
    ['a place of one number', '{"a":{"dtype":"F32","shape":[1],"data_offsets":[4]}}'],
    ['a place of text', '{"a":{"dtype":"F32","shape":[1],"data_offsets":["0","4"]}}'],
    ['a negative place', '{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}'],
    ['a fractional place', '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0.5,4.5]}}'],
    ['an inverted place', '{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}'],
    ['a place beyond the end', '{"a":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}'],
    ['metadata that are not text', '{"__metadata__":{"config":{}}}'],
    ['metadata that are a list', '{"__metadata__":["a"]}'],
  ])('refuses a header with %s', (_what, header) => {
    expect(() => decodeSafetensors(fileWithHeader(header, new Uint8Array(8)))).toThrow(WeightsCorruptError);
  });

  it('refuses bytes that are not UTF-8 and a header longer than any file', () => {
    expect(() => decodeSafetensors(fileWithHeader(Uint8Array.from([0x7b, 0xff, 0x7d])))).toThrow(WeightsCorruptError);
    expect(() => decodeSafetensors(new Uint8Array(16).fill(255))).toThrow(WeightsCorruptError);
  });

  it('returns tensors or throws a WeightsCorruptError for any bytes', () => {
    const encoded = encodeSafetensors(example);
    const flipped = fc
      .array(fc.tuple(fc.nat(encoded.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
      .map((changes) => {
        const damaged = encoded.slice();
        for (const [at, value] of changes) damaged[at] = value;
        return damaged;
      });
    const header = fc.dictionary(
      name,
      fc.record(
        { dtype: fc.constantFrom('F32', 'F16', 4), shape: fc.jsonValue(), data_offsets: fc.jsonValue() },
        { requiredKeys: [] },
      ),
    );
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 64 }),
      fc.json().map((json) => fileWithHeader(json, new Uint8Array(16))),
      header.map((value) => fileWithHeader(JSON.stringify(value), new Uint8Array(16))),
      flipped,
    );
    fc.assert(
      fc.property(anything, (bytes) => {
        try {
          decodeSafetensors(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(WeightsCorruptError);
        }
      }),
      { numRuns: 3000 },
    );
  });
});

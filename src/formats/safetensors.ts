import { WeightsCorruptError } from '../errors.js';
import { fromHalf, toHalf } from './half-precision.js';

/** Numbers and their shape, outside any backend. */
export interface PlainTensor {
  shape: number[];
  data: Float32Array;
}

/** What a safetensors file holds. */
export interface TensorFile {
  tensors: Record<string, PlainTensor>;
  /** Free text by name. */
  metadata: Record<string, string>;
}

const LENGTH_BYTES = 8;

/**
 * Writes tensors in the safetensors format, which Python and Rust read too: the header's length (8 bytes,
 * little-endian), the header (JSON: type, shape and place of each tensor), the data.
 *
 * @param precision `F32` keeps every bit (default); `F16` halves the file.
 */
export function encodeSafetensors({ tensors, metadata }: TensorFile, precision: 'F32' | 'F16' = 'F32'): Uint8Array {
  const header: Record<string, object> = { __metadata__: metadata };
  const width = precision === 'F16' ? 2 : 4;
  let end = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    header[name] = { dtype: precision, shape, data_offsets: [end, end + data.length * width] };
    end += data.length * width;
  }
  let json = JSON.stringify(header);
  // The format asks for data aligned to 8 bytes and allows spaces after the header.
  json += ' '.repeat((8 - (new TextEncoder().encode(json).length % 8)) % 8);
  const headerBytes = new TextEncoder().encode(json);
  const file = new Uint8Array(LENGTH_BYTES + headerBytes.length + end);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(headerBytes.length), true);
  file.set(headerBytes, LENGTH_BYTES);
  let offset = LENGTH_BYTES + headerBytes.length;
  for (const { data } of Object.values(tensors)) {
    for (const value of data) {
      if (precision === 'F16') view.setUint16(offset, toHalf(value), true);
      else view.setFloat32(offset, value, true);
      offset += width;
    }
  }
  return file;
}

/**
 * Reads a safetensors file of single- or half-precision tensors.
 *
 * @throws WeightsCorruptError when it is truncated, not such a file, or holds tensors of another type.
 */
export function decodeSafetensors(file: Uint8Array): TensorFile {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < LENGTH_BYTES) corrupt(`it has only ${file.length} bytes`);
  const headerLength = Number(view.getBigUint64(0, true));
  if (headerLength > file.length - LENGTH_BYTES) corrupt('its header is truncated');
  const header = parseHeader(file.subarray(LENGTH_BYTES, LENGTH_BYTES + headerLength));
  const start = LENGTH_BYTES + headerLength;
  const tensors: Record<string, PlainTensor> = {};
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    tensors[name] = readTensor(name, entry, view, start);
  }
  return { tensors, metadata: readMetadata(header.__metadata__ ?? {}) };
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (isObject(header)) return header;
  } catch {
    // Reported below, with the remedy.
  }
  return corrupt('its header is not JSON');
}

function readMetadata(metadata: unknown): Record<string, string> {
  const isText = isObject(metadata) && Object.values(metadata).every((value) => typeof value === 'string');
  return isText ? (metadata as Record<string, string>) : corrupt('its metadata are not text');
}

function readTensor(name: string, entry: unknown, view: DataView, start: number): PlainTensor {
  if (!isObject(entry)) return corrupt(`"${name}" is not described`);
  const { dtype, shape, data_offsets: offsets } = entry;
  const width = dtype === 'F16' ? 2 : dtype === 'F32' ? 4 : corrupt(`"${name}" is of type ${dtype}, not F32 or F16`);
  if (!isListOfSizes(shape) || !isListOfSizes(offsets) || offsets.length !== 2) {
    return corrupt(`"${name}" has no shape or no place`);
  }
  const length = shape.reduce((product, dimension) => product * dimension, 1);
  const [from, to] = [start + offsets[0]!, start + offsets[1]!];
  if (to > view.byteLength) corrupt(`"${name}" lies beyond its end: it is truncated`);
  if (to - from !== length * width) corrupt(`"${name}" of [${shape.join(', ')}] has ${to - from} bytes`);
  const data = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    data[i] = width === 2 ? fromHalf(view.getUint16(from + 2 * i, true)) : view.getFloat32(from + 4 * i, true);
  }
  return { shape, data };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOfSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function corrupt(why: string): never {
  throw new WeightsCorruptError(`This is not an intact safetensors file: ${why}. Get or save it again.`);
}

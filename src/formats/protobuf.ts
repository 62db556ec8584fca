/**
 * A field of a message: its number, and a whole number >= 0, a floating-point number, text, or bytes, such as an
 * encoded message. Repeated fields are several fields of one number.
 */
export type Field = readonly [number: number, value: number | { bytes: 4 | 8; value: number } | string | Uint8Array];

const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** Writes a message in the wire format of Protocol Buffers, as far as ONNX and TensorBoard files need it. */
export function encodeMessage(fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  return joinBytes(fields.flatMap(([number, value]) => encodeField(number, value)));
}

/** Bytes one after the other. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

function encodeField(number: number, value: Field[1]): Uint8Array[] {
  if (typeof value === 'number') return [varint(number * 8 + VARINT), varint(value)];
  if (typeof value === 'object' && 'bytes' in value) {
    return [varint(number * 8 + (value.bytes === 8 ? FIXED_64 : FIXED_32)), fixed(value.bytes, value.value)];
  }
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  return [varint(number * 8 + LENGTH_DELIMITED), varint(bytes.length), bytes];
}

/** Seven bits a byte, lowest first; the eighth means that more follow. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Uint8Array.of(...bytes, rest);
}

function fixed(bytes: 4 | 8, value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(bytes));
  if (bytes === 8) view.setFloat64(0, value, true);
  else view.setFloat32(0, value, true);
  return new Uint8Array(view.buffer);
}

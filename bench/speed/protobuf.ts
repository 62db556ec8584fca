/**
 * A field of a message: its number, and a whole number >= 0, text, or bytes (which an encoded message is, too). Repeated fields are
 * several fields of one number.
 */
export type Field = readonly [number: number, value: number | string | Uint8Array];

const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** Writes a message in the wire format of Protocol Buffers, as much of it as an ONNX file needs. */
export function encodeMessage(fields: readonly Field[]): Uint8Array {
  const parts = fields.flatMap(([number, value]) => {
    if (typeof value === 'number') return [varint(number * 8 + VARINT), varint(value)];
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
    return [varint(number * 8 + LENGTH_DELIMITED), varint(bytes.length), bytes];
  });
  const message = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    message.set(part, offset);
    offset += part.length;
  }
  return message;
}

/** Seven bits a byte, lowest first; the eighth says that more follow. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Uint8Array.of(...bytes, rest);
}

import { damaged, type MatContext, type MatElement, mi } from './mat-elements.js';

/**
 * The rows of a character array, which is stored column by column.
 *
 * @param count Number of characters, the product of the shape.
 * @throws DatasetError when the element is no text, or of another length.
 */
export function readMatRows(
  element: MatElement,
  shape: readonly number[],
  count: number,
  context: MatContext,
): string[] {
  const characters = split(decode(element, context), count, context);
  if (count === 0) return [];
  const [height, width] = [shape[0]!, shape[1]!];
  return Array.from({ length: count / width }, (_, row) => {
    const start = Math.floor(row / height) * height * width + (row % height);
    return Array.from({ length: width }, (_, column) => characters[start + column * height]).join('');
  });
}

/** The name of a variable or field, ended by a zero where it is shorter than its place. */
export function readMatName(data: DataView): string {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

function decode({ type, data }: MatElement, context: MatContext): string {
  const { littleEndian } = context;
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  switch (type) {
    case mi.INT8:
    case mi.UINT8:
      return fromCodes(bytes);
    case mi.UTF8:
      return decodeUtf8(bytes, context);
    case mi.UINT16:
    case mi.UTF16:
      if (data.byteLength % 2 !== 0) damaged(context, `text of 16-bit characters has ${data.byteLength} bytes`);
      return fromCodes(
        Uint16Array.from({ length: data.byteLength / 2 }, (_, i) => data.getUint16(2 * i, littleEndian)),
      );
    case mi.UTF32:
      if (data.byteLength % 4 !== 0) damaged(context, `text of 32-bit characters has ${data.byteLength} bytes`);
      return Array.from({ length: data.byteLength / 4 }, (_, i) =>
        fromCodePoint(data.getUint32(4 * i, littleEndian), context),
      ).join('');
    default:
      return damaged(context, `text is stored as type ${type}, which is not one of text`);
  }
}

function decodeUtf8(bytes: Uint8Array, context: MatContext): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return damaged(context, 'text is not UTF-8');
  }
}

function fromCodePoint(code: number, context: MatContext): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : damaged(context, `text has a character ${code}`);
}

function fromCodes(codes: Uint8Array | Uint16Array): string {
  let text = '';
  // In pieces: a call takes only so many arguments.
  for (let start = 0; start < codes.length; start += 8192) {
    text += String.fromCharCode(...codes.subarray(start, start + 8192));
  }
  return text;
}

/** MATLAB counts UTF-16 units as characters, NumPy code points; they differ for emoji and the like. */
function split(text: string, count: number, context: MatContext): string | string[] {
  if (text.length === count) return text;
  const characters = Array.from(text);
  if (characters.length === count) return characters;
  return damaged(context, `text of ${count} characters has ${characters.length}`);
}

import { DatasetError } from '../errors.js';
import { inflate } from './inflate.js';
import { type MatValue, readMatArray } from './mat-array.js';
import { damaged, type MatContext, type MatElement, MatElements, mi } from './mat-elements.js';

const HEADER_BYTES = 128;
const VERSION_OFFSET = 124;
const HDF5_SIGNATURE = '\x89HDF\r\n\x1a\n';
/** Where HDF5 begins in a MAT file of version 7.3, after MATLAB's own header. */
const HDF5_OFFSET = 512;
/** Most bytes of all variables when decompressed: a file a thousand times smaller can claim as much. */
const MAX_BYTES = 64 * 2 ** 20;

/**
 * Reads a MATLAB file of level 5, as `save -v6` and `save -v7` write: arrays of numbers, text and cells, compressed or
 * not, of either byte order. TinyFace's lists and AFLW's are such files.
 *
 * @param source Names the file in messages.
 * @returns The variables by name.
 * @throws DatasetError when the file is of another level (7.3 is HDF5, 4 is older), damaged, over 64 MiB when
 *   decompressed, or has a variable of another class (struct, complex, sparse, object, function handle). The message
 *   says how to save it instead.
 */
export async function readMatFile(bytes: Uint8Array, source: string): Promise<Map<string, MatValue>> {
  const context = { source, littleEndian: isLittleEndian(bytes, source) };
  const view = new DataView(bytes.buffer, bytes.byteOffset + HEADER_BYTES, bytes.byteLength - HEADER_BYTES);
  const elements = new MatElements(view, context);
  const values = new Map<string, MatValue>();
  let budget = MAX_BYTES;
  while (elements.remaining > 0) {
    let element = elements.next('a variable');
    if (element.type === mi.COMPRESSED) {
      const inflated = await inflateElement(element, budget, context);
      budget -= inflated.byteLength;
      element = new MatElements(inflated, context).next('a compressed variable');
    }
    if (element.type !== mi.MATRIX) damaged(context, `a variable is an element of type ${element.type}, not an array`);
    const { name, value } = readMatArray(element.data, context);
    // MATLAB's own record of function handles and objects has no name.
    if (name) values.set(name, value);
  }
  return values;
}

/** Byte order, from the header of a level 5 file. */
function isLittleEndian(bytes: Uint8Array, source: string): boolean {
  const text = (start: number, length: number) => String.fromCharCode(...bytes.subarray(start, start + length));
  if ([0, HDF5_OFFSET].some((offset) => text(offset, HDF5_SIGNATURE.length) === HDF5_SIGNATURE)) {
    throw new DatasetError(`${source} is an HDF5 file, as of save -v7.3: save it in MATLAB with save -v7.`);
  }
  const order = text(VERSION_OFFSET + 2, 2);
  if (bytes.length < HEADER_BYTES || (order !== 'IM' && order !== 'MI')) {
    throw new DatasetError(
      `${source} is not a MAT file of level 5 (${bytes.length} bytes, without its header): give a .mat file, and save it with save -v7 if it is older.`,
    );
  }
  const littleEndian = order === 'IM';
  const version = bytes[VERSION_OFFSET + (littleEndian ? 1 : 0)]!;
  if (version !== 1) {
    throw new DatasetError(`${source} is a MAT file of version ${version}: save it in MATLAB with save -v7.`);
  }
  return littleEndian;
}

async function inflateElement({ data }: MatElement, budget: number, context: MatContext): Promise<DataView> {
  const compressed = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const inflated = await inflate(compressed, budget).catch((cause: Error) => {
    const message = `${context.source} is damaged: a variable cannot be decompressed (${cause.message}). Copy it again.`;
    throw new DatasetError(message, { cause });
  });
  if (!inflated) {
    throw new DatasetError(
      `${context.source} holds more than ${MAX_BYTES} bytes when decompressed: save fewer variables.`,
    );
  }
  return new DataView(inflated.buffer, inflated.byteOffset, inflated.byteLength);
}

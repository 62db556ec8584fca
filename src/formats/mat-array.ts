import { DatasetError } from '../errors.js';
import { damaged, type MatContext, MatElements, mi } from './mat-elements.js';

/** What a variable of a MAT file holds. Arrays are in MATLAB's order, column by column. */
export type MatValue =
  /** Numbers of any class, and `logical` as 0 and 1. */
  | { kind: 'numeric'; shape: readonly number[]; data: Float64Array }
  /** Text, row by row, padded with spaces where MATLAB did; no rows when it is empty. */
  | { kind: 'char'; rows: string[] }
  | { kind: 'cell'; shape: readonly number[]; cells: MatValue[] };

/** Without a limit a hostile file exhausts the stack. */
const MAX_DEPTH = 64;
/** An empty array, the least a cell can hold, is only a tag. */
const LEAST_CELL_BYTES = 8;
const COMPLEX = 0x0800;
const OPAQUE = 17;

/** Readers by class of array; 6 to 15 are numbers, from double to uint64. */
const readers: Readonly<Record<number, (array: ArrayContent) => MatValue>> = {
  1: readCells,
  4: readText,
  ...Object.fromEntries([6, 7, 8, 9, 10, 11, 12, 13, 14, 15].map((matClass) => [matClass, readNumbers])),
};

/** Classes that are not read, and how to convert them. */
const refused: Readonly<Record<number, string>> = {
  2: 'a struct: convert it with struct2cell(...)',
  3: 'an object: convert it with struct2cell(struct(...))',
  5: 'a sparse matrix: convert it with full(...)',
  16: 'a function handle: convert it with func2str(...), or leave it out',
  17: 'an object (or a string, table or date): convert it with char(...), table2cell(...) or datestr(...)',
};

type ReadNumber = (view: DataView, offset: number, littleEndian: boolean) => number;

/** Bytes and reader of a number, by type of data element. MATLAB stores numbers in the narrowest type that fits. */
const storages: Readonly<Record<number, readonly [number, ReadNumber]>> = {
  1: [1, (view, offset) => view.getInt8(offset)],
  2: [1, (view, offset) => view.getUint8(offset)],
  3: [2, (view, offset, little) => view.getInt16(offset, little)],
  4: [2, (view, offset, little) => view.getUint16(offset, little)],
  5: [4, (view, offset, little) => view.getInt32(offset, little)],
  6: [4, (view, offset, little) => view.getUint32(offset, little)],
  7: [4, (view, offset, little) => view.getFloat32(offset, little)],
  9: [8, (view, offset, little) => view.getFloat64(offset, little)],
  12: [8, (view, offset, little) => Number(view.getBigInt64(offset, little))],
  13: [8, (view, offset, little) => Number(view.getBigUint64(offset, little))],
};

/** The first of the types that hold 64-bit integers. */
const INT64 = 12;
/** Types of data elements that hold text: UTF-8, and characters of one or two bytes each. */
const UTF8 = 16;
const characterBytes: Readonly<Record<number, number>> = { 1: 1, 2: 1, 4: 2, 17: 2 };

/** An array, its header read and its content not. */
interface ArrayContent {
  elements: MatElements;
  shape: readonly number[];
  /** Product of the shape. */
  count: number;
  context: MatContext;
  depth: number;
}

/**
 * Reads an array element.
 *
 * @param depth How many cells it lies in.
 * @throws DatasetError when it is damaged, or of a class that is not read.
 */
export function readMatArray(data: DataView, context: MatContext, depth = 0): { name: string; value: MatValue } {
  if (data.byteLength === 0) return { name: '', value: { kind: 'numeric', shape: [0, 0], data: new Float64Array(0) } };
  if (depth > MAX_DEPTH) {
    throw new DatasetError(`${context.source} nests cells more than ${MAX_DEPTH} deep: save flatter data.`);
  }
  const elements = new MatElements(data, context);
  const { type, data: flagData } = elements.next("an array's flags");
  if (type !== mi.UINT32 || flagData.byteLength !== 8) damaged(context, "an array's flags are not two numbers");
  const flags = flagData.getUint32(0, context.littleEndian);
  const matClass = flags & 0xff;
  const shape = matClass === OPAQUE ? [] : readShape(elements, context);
  const name = readName(elements.next("an array's name").data);
  const remedy = flags & COMPLEX ? 'an array of complex numbers: convert it with real(...)' : refused[matClass];
  if (remedy) {
    const what = name ? `the variable ${name}` : 'a value inside a variable';
    throw new DatasetError(`${context.source}: ${what} is ${remedy} and save it with save -v7.`);
  }
  const read = readers[matClass];
  if (!read) damaged(context, `an array has the unknown class ${matClass}`);
  const count = shape.includes(0) ? 0 : shape.reduce((product, size) => product * size, 1);
  return { name, value: read({ elements, shape, count, context, depth }) };
}

function readShape(elements: MatElements, context: MatContext): number[] {
  const { type, data } = elements.next("an array's dimensions");
  const count = data.byteLength / 4;
  if (type !== mi.INT32 || !Number.isInteger(count) || count < 2) {
    damaged(context, "an array's dimensions are not at least two numbers");
  }
  const shape = Array.from({ length: count }, (_, i) => data.getInt32(4 * i, context.littleEndian));
  if (shape.some((size) => size < 0)) damaged(context, `an array has the dimensions ${shape.slice(0, 8).join(' x ')}`);
  return shape;
}

/** The name of a variable or field, ended by a zero if it is shorter than its place. */
function readName(data: DataView): string {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

function readNumbers({ elements, shape, count, context }: ArrayContent): MatValue {
  const { type, data } = elements.next('the numbers of an array');
  const storage = storages[type];
  if (!storage) damaged(context, `numbers are stored as type ${type}, which has no numbers`);
  const [bytes, read] = storage;
  // Nothing is allocated before the element is known to hold the numbers.
  if (data.byteLength !== count * bytes) {
    damaged(context, `an array of ${count} numbers of ${bytes} bytes has ${data.byteLength} bytes`);
  }
  const numbers = Float64Array.from({ length: count }, (_, i) => read(data, i * bytes, context.littleEndian));
  const inexact = type >= INT64 ? numbers.find((value) => !Number.isSafeInteger(value)) : undefined;
  if (inexact !== undefined) {
    throw new DatasetError(`${context.source} has the number ${inexact}, beyond 2^53: save it as text.`);
  }
  return { kind: 'numeric', shape, data: numbers };
}

function readText({ elements, shape, count, context }: ArrayContent): MatValue {
  const { type, data } = elements.next('the text of a character array');
  if (shape.length > 2) {
    throw new DatasetError(`${context.source} has text of ${shape.length} dimensions: save it as a character matrix.`);
  }
  const text = type === UTF8 ? decodeUtf8(data, context) : decodeCharacters(type, data, context);
  // MATLAB counts UTF-16 units as characters, NumPy code points; they differ for emoji and the like.
  const characters = text.length === count ? text : Array.from(text);
  if (characters.length !== count) damaged(context, `text of ${count} characters has ${characters.length}`);
  const [height, width] = count === 0 ? [0, 0] : [shape[0]!, shape[1]!];
  const rowAt = (row: number) => Array.from({ length: width }, (_, column) => characters[row + column * height]);
  return { kind: 'char', rows: Array.from({ length: height }, (_, row) => rowAt(row).join('')) };
}

function decodeUtf8(data: DataView, context: MatContext): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    return damaged(context, 'text is not UTF-8');
  }
}

function decodeCharacters(type: number, data: DataView, context: MatContext): string {
  const bytes = characterBytes[type];
  if (!bytes || data.byteLength % bytes !== 0) {
    damaged(context, `text is stored as ${data.byteLength} bytes of type ${type}, which are not characters`);
  }
  const codeAt = (i: number) => (bytes === 1 ? data.getUint8(i) : data.getUint16(2 * i, context.littleEndian));
  return Array.from({ length: data.byteLength / bytes }, (_, i) => String.fromCharCode(codeAt(i))).join('');
}

function readCells({ elements, shape, count, context, depth }: ArrayContent): MatValue {
  if (count * LEAST_CELL_BYTES > elements.remaining) {
    damaged(context, `a cell array claims ${count} values where ${elements.remaining} bytes are left`);
  }
  const cells = Array.from({ length: count }, () => {
    const { type, data } = elements.next('a value of a cell array');
    if (type !== mi.MATRIX) damaged(context, `a cell array holds an element of type ${type}, not an array`);
    return readMatArray(data, context, depth + 1).value;
  });
  return { kind: 'cell', shape, cells };
}

import { DatasetError } from '../errors.js';
import { damaged, type MatContext, MatElements, mi } from './mat-elements.js';
import { readMatNumbers } from './mat-numbers.js';
import { readMatName, readMatRows } from './mat-text.js';
import type { MatCell, MatNumberClass, MatNumeric, MatStruct, MatValue } from './mat-value.js';

/** Deeper nesting than anybody's data has; without a limit a hostile file exhausts the stack. */
const MAX_DEPTH = 64;
/** An empty array, the least a cell can hold, is a tag alone. */
const LEAST_CELL_BYTES = 8;
const LOGICAL = 0x0200;
const COMPLEX = 0x0800;
const CELL = 1;
const STRUCT = 2;
const CHAR = 4;
const OPAQUE = 17;

const numberClasses: Readonly<Record<number, MatNumberClass>> = {
  6: 'double',
  7: 'single',
  8: 'int8',
  9: 'uint8',
  10: 'int16',
  11: 'uint16',
  12: 'int32',
  13: 'uint32',
  14: 'int64',
  15: 'uint64',
};

/** Classes that are not read, and what makes of them something that is. */
const refused: Readonly<Record<number, string>> = {
  3: 'an object: convert it with struct(...)',
  5: 'a sparse matrix: convert it with full(...)',
  16: 'a function handle: convert it with func2str(...), or leave it out',
  17: 'an object (or a string, table or date): convert it with struct(...), char(...), table2struct(...) or datestr(...)',
};

const empty: MatNumeric = { kind: 'numeric', class: 'double', shape: [0, 0], data: new Float64Array(0) };

/** An array element whose name has been read and whose content has not. */
export interface MatArrayHeader {
  name: string;
  read(): MatValue;
}

/**
 * Reads the beginning of an array element, and the rest when asked.
 *
 * @param depth How many cells and structs it lies in.
 * @throws DatasetError when it is damaged; `read` also when it is of a class that is not read.
 */
export function openMatArray(data: DataView, context: MatContext, depth = 0): MatArrayHeader {
  if (data.byteLength === 0) return { name: '', read: () => empty };
  if (depth > MAX_DEPTH) {
    throw new DatasetError(`${context.source} nests cells and structs more than ${MAX_DEPTH} deep: save flatter data.`);
  }
  const elements = new MatElements(data, context);
  const { type, data: flagData } = elements.next("an array's flags");
  if (type !== mi.UINT32 || flagData.byteLength !== 8) damaged(context, "an array's flags are not two numbers");
  const flags = flagData.getUint32(0, context.littleEndian);
  const shape = (flags & 0xff) === OPAQUE ? [] : readShape(elements, context);
  const name = readMatName(elements.next("an array's name").data);
  return { name, read: () => readContent(elements, flags, shape, name, context, depth) };
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

function readContent(
  elements: MatElements,
  flags: number,
  shape: readonly number[],
  name: string,
  context: MatContext,
  depth: number,
): MatValue {
  const matClass = flags & 0xff;
  const remedy = refused[matClass];
  if (remedy) {
    throw new DatasetError(
      `${context.source}: ${name ? `the variable ${name}` : 'a value inside a variable'} is ${remedy} and save it with save -v7.`,
    );
  }
  const count = shape.includes(0) ? 0 : shape.reduce((product, size) => product * size, 1);
  if (matClass === CHAR) {
    const rows = readMatRows(elements.next('the text of a character array'), shape, count, context);
    return { kind: 'char', shape, rows };
  }
  if (matClass === CELL) return readCells(elements, shape, count, context, depth);
  if (matClass === STRUCT) return readStruct(elements, shape, count, context, depth);
  const numberClass = flags & LOGICAL ? 'logical' : numberClasses[matClass];
  if (!numberClass) damaged(context, `an array is of class ${matClass}, which there is not`);
  const real = readMatNumbers(elements.next('the numbers of an array'), numberClass, count, context);
  const numeric: MatNumeric = { kind: 'numeric', class: numberClass, shape, data: real };
  if (!(flags & COMPLEX)) return numeric;
  return { ...numeric, imaginary: readMatNumbers(elements.next('imaginary parts'), numberClass, count, context) };
}

function readCells(
  elements: MatElements,
  shape: readonly number[],
  count: number,
  context: MatContext,
  depth: number,
): MatCell {
  assertFit(elements, count, context);
  const cells: MatValue[] = [];
  for (let i = 0; i < count; i++) cells.push(readNested(elements, context, depth));
  return { kind: 'cell', shape, cells };
}

function readStruct(
  elements: MatElements,
  shape: readonly number[],
  count: number,
  context: MatContext,
  depth: number,
): MatStruct {
  const width = elements.next("the length of a struct's field names");
  if (width.type !== mi.INT32 || width.data.byteLength !== 4) damaged(context, "a struct's field names have no length");
  const length = width.data.getInt32(0, context.littleEndian);
  const { data } = elements.next("a struct's field names");
  if (length <= 0 || data.byteLength % length !== 0) {
    damaged(context, `a struct's field names of ${length} bytes each have ${data.byteLength} bytes`);
  }
  const fields = new Map<string, MatValue[]>();
  for (let start = 0; start < data.byteLength; start += length) {
    const name = readMatName(new DataView(data.buffer, data.byteOffset + start, length));
    if (fields.has(name)) damaged(context, `a struct has two fields "${name}"`);
    fields.set(name, []);
  }
  // A struct without fields stores nothing for its elements, however many it claims.
  if (fields.size === 0) return { kind: 'struct', shape, fields };
  assertFit(elements, count * fields.size, context);
  for (let i = 0; i < count; i++) {
    for (const values of fields.values()) values.push(readNested(elements, context, depth));
  }
  return { kind: 'struct', shape, fields };
}

function readNested(elements: MatElements, context: MatContext, depth: number): MatValue {
  const { type, data } = elements.next('a value of a cell or struct');
  if (type !== mi.MATRIX) damaged(context, `a cell or struct holds an element of type ${type}, which is no array`);
  return openMatArray(data, context, depth + 1).read();
}

function assertFit(elements: MatElements, count: number, context: MatContext): void {
  if (count * LEAST_CELL_BYTES > elements.remaining) {
    damaged(context, `a cell or struct claims ${count} values where ${elements.remaining} bytes are left`);
  }
}

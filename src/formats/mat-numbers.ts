import { damaged, type MatContext, type MatElement, mi } from './mat-elements.js';
import type { MatNumberClass, MatNumbers } from './mat-value.js';

/** How values of a type are stored: their width in bytes, and how one is read. */
interface Storage {
  width: number;
  read(view: DataView, offset: number, littleEndian: boolean): number | bigint;
}

const storages: Readonly<Record<number, Storage>> = {
  [mi.INT8]: { width: 1, read: (view, offset) => view.getInt8(offset) },
  [mi.UINT8]: { width: 1, read: (view, offset) => view.getUint8(offset) },
  [mi.INT16]: { width: 2, read: (view, offset, little) => view.getInt16(offset, little) },
  [mi.UINT16]: { width: 2, read: (view, offset, little) => view.getUint16(offset, little) },
  [mi.INT32]: { width: 4, read: (view, offset, little) => view.getInt32(offset, little) },
  [mi.UINT32]: { width: 4, read: (view, offset, little) => view.getUint32(offset, little) },
  [mi.SINGLE]: { width: 4, read: (view, offset, little) => view.getFloat32(offset, little) },
  [mi.DOUBLE]: { width: 8, read: (view, offset, little) => view.getFloat64(offset, little) },
  [mi.INT64]: { width: 8, read: (view, offset, little) => view.getBigInt64(offset, little) },
  [mi.UINT64]: { width: 8, read: (view, offset, little) => view.getBigUint64(offset, little) },
};

const arrays = {
  double: Float64Array,
  single: Float32Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  logical: Uint8Array,
} as const;

/**
 * The numbers of an element as an array of a class. MATLAB stores whole numbers of any class in the narrowest type that holds them.
 *
 * @param count How many numbers there must be. Nothing is allocated before the element is known to hold them.
 * @throws DatasetError when it holds another number of them, or something else.
 */
export function readMatNumbers(
  { type, data }: MatElement,
  numberClass: MatNumberClass,
  count: number,
  context: MatContext,
): MatNumbers {
  const storage = storages[type];
  if (!storage)
    damaged(context, `numbers of class ${numberClass} are stored as type ${type}, which is not one of numbers`);
  const { width, read } = storage;
  if (data.byteLength !== count * width) {
    damaged(context, `an array of ${count} numbers of ${width} bytes has ${data.byteLength} bytes`);
  }
  const numbers = new arrays[numberClass](count);
  if (numbers instanceof BigInt64Array || numbers instanceof BigUint64Array) {
    for (let i = 0; i < count; i++) numbers[i] = toBigInt(read(data, i * width, context.littleEndian), context);
  } else {
    for (let i = 0; i < count; i++) numbers[i] = Number(read(data, i * width, context.littleEndian));
  }
  return numbers;
}

function toBigInt(value: number | bigint, context: MatContext): bigint {
  if (typeof value === 'number' && !Number.isInteger(value)) damaged(context, `${value} is stored for a whole number`);
  return BigInt(value);
}

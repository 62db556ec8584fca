/** MATLAB's classes of numbers. `logical` is true and false as 1 and 0. */
export type MatNumberClass =
  | 'double'
  | 'single'
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'logical';

/** Numbers in an array of their class; `int64` and `uint64` as big integers, `logical` as bytes. */
export type MatNumbers =
  | Float64Array
  | Float32Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** An array of numbers. */
export interface MatNumeric {
  kind: 'numeric';
  class: MatNumberClass;
  shape: readonly number[];
  /** The values column by column, as MATLAB keeps them: that of row `r` and column `c` is at `r + c * shape[0]`. */
  data: MatNumbers;
  /** Imaginary parts of a complex array. */
  imaginary?: MatNumbers;
}

/** An array of characters: a string is one of a single row. */
export interface MatChar {
  kind: 'char';
  shape: readonly number[];
  /** The text of each row, padded with spaces where MATLAB did; none when the array is empty. Further dimensions follow page by page. */
  rows: string[];
}

/** A cell array. */
export interface MatCell {
  kind: 'cell';
  shape: readonly number[];
  /** Column by column. */
  cells: MatValue[];
}

/** A struct array; a struct is one of a single element. */
export interface MatStruct {
  kind: 'struct';
  shape: readonly number[];
  /** For each field its values in the elements, column by column. */
  fields: ReadonlyMap<string, MatValue[]>;
}

/** What a variable of a MAT file holds. */
export type MatValue = MatNumeric | MatChar | MatCell | MatStruct;

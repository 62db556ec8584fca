import { COLUMNS, ROWS } from './gemm';
import { bytes, F32, VECTOR } from './simd';

/** Stores the transpose of four vectors, its rows `stride` bytes apart. */
// @ts-ignore: decorator
@inline
export function storeTransposed(row0: v128, row1: v128, row2: v128, row3: v128, to: usize, stride: usize): void {
  const low01 = v128.shuffle<i32>(row0, row1, 0, 4, 1, 5);
  const high01 = v128.shuffle<i32>(row0, row1, 2, 6, 3, 7);
  const low23 = v128.shuffle<i32>(row2, row3, 0, 4, 1, 5);
  const high23 = v128.shuffle<i32>(row2, row3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(low01, low23, 0, 2));
  v128.store(to + stride, v128.shuffle<i64>(low01, low23, 1, 3));
  v128.store(to + 2 * stride, v128.shuffle<i64>(high01, high23, 0, 2));
  v128.store(to + 3 * stride, v128.shuffle<i64>(high01, high23, 1, 3));
}

/** Packs four rows of `depth` values as a group of the left matrix of a product: [depth][4]. */
export function packRows(row0: usize, row1: usize, row2: usize, row3: usize, depth: i32, to: usize): void {
  let k = 0;
  for (; k + 4 <= depth; k += 4) {
    const at = bytes(k);
    storeTransposed(v128.load(row0 + at), v128.load(row1 + at), v128.load(row2 + at), v128.load(row3 + at), to, VECTOR);
    to += 4 * VECTOR;
  }
  for (; k < depth; k++) {
    const at = bytes(k);
    store<f32>(to, load<f32>(row0 + at));
    store<f32>(to, load<f32>(row1 + at), F32);
    store<f32>(to, load<f32>(row2 + at), 2 * F32);
    store<f32>(to, load<f32>(row3 + at), 3 * F32);
    to += VECTOR;
  }
}

/**
 * Packs rows of values, `stride` bytes apart, in groups of `group` columns (4 or 8): [columns / group][rows][group]. That is the right matrix
 * of a product (groups of 8), or the left one transposed (groups of 4). Columns that fill up the last group are zero.
 */
export function packColumns(from: usize, stride: usize, rows: i32, columns: i32, group: i32, to: usize): void {
  const whole = columns - (columns % group);
  for (let column = 0; column < whole; column += group) {
    let source = from + bytes(column);
    for (let row = 0; row < rows; row++) {
      v128.store(to, v128.load(source));
      if (group == COLUMNS) v128.store(to, v128.load(source, VECTOR), VECTOR);
      to += bytes(group);
      source += stride;
    }
  }
  if (whole == columns) return;
  const rest = bytes(columns - whole);
  for (let row = 0; row < rows; row++) {
    memory.fill(to, 0, bytes(group));
    memory.copy(to, from + bytes(whole) + <usize>row * stride, rest);
    to += bytes(group);
  }
}

/** The transpose of a matrix: `to` is `columns` x `rows`. */
export function transpose(from: usize, rows: i32, columns: i32, to: usize): void {
  const wholeRows = rows & -ROWS;
  const wholeColumns = columns & -4;
  const stride = bytes(columns);
  const toStride = bytes(rows);
  for (let row = 0; row < wholeRows; row += 4) {
    for (let column = 0; column < wholeColumns; column += 4) {
      const source = from + <usize>row * stride + bytes(column);
      const target = to + <usize>column * toStride + bytes(row);
      const row2 = source + 2 * stride;
      storeTransposed(
        v128.load(source),
        v128.load(source + stride),
        v128.load(row2),
        v128.load(row2 + stride),
        target,
        toStride,
      );
    }
  }
  for (let row = 0; row < rows; row++) {
    const first = row < wholeRows ? wholeColumns : 0;
    for (let column = first; column < columns; column++) {
      store<f32>(to + bytes(column * rows + row), load<f32>(from + bytes(row * columns + column)));
    }
  }
}

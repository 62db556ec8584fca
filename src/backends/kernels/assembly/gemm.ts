import { bytes, F32, multiplyAdd, splat, VECTOR } from './simd';

/** Rows of the left matrix that are computed together, and packed together. */
export const ROWS: i32 = 4;

/** Columns of the right matrix that are computed together, and packed together: two vectors. */
export const COLUMNS: i32 = 8;

/**
 * c = a · b, or c += a · b with `accumulate`.
 *
 * `a` is packed in groups of 4 rows, `b` in groups of 8 columns: within a group, the values of each depth lie side by side. The inner
 * loop then reads both from first to last, at constant offsets. `rows` is a multiple of 4, `columns` of 8; `c` has `cStride` bytes
 * from row to row.
 *
 * Four rows by eight columns is what sixteen vector registers hold: V8 issues all loads of an iteration before its arithmetic, so that
 * a fifth row makes it spill.
 */
export function multiplyPacked(
  rows: i32,
  columns: i32,
  depth: i32,
  a: usize,
  b: usize,
  c: usize,
  cStride: usize,
  accumulate: bool,
): void {
  const groupOfRows = bytes(depth * ROWS);
  const groupOfColumns = bytes(depth * COLUMNS);
  for (let column = 0; column < columns; column += COLUMNS) {
    let left = a;
    let target = c;
    for (let row = 0; row < rows; row += ROWS) {
      multiplyGroup(depth, left, b, target, cStride, accumulate);
      left += groupOfRows;
      target += cStride * <usize>ROWS;
    }
    b += groupOfColumns;
    c += bytes(COLUMNS);
  }
}

function multiplyGroup(depth: i32, a: usize, b: usize, c0: usize, cStride: usize, accumulate: bool): void {
  const c1 = c0 + cStride;
  const c2 = c1 + cStride;
  const c3 = c2 + cStride;
  let low0 = splat(0);
  let low1 = low0;
  let low2 = low0;
  let low3 = low0;
  let high0 = low0;
  let high1 = low0;
  let high2 = low0;
  let high3 = low0;
  if (accumulate) {
    low0 = v128.load(c0);
    low1 = v128.load(c1);
    low2 = v128.load(c2);
    low3 = v128.load(c3);
    high0 = v128.load(c0, VECTOR);
    high1 = v128.load(c1, VECTOR);
    high2 = v128.load(c2, VECTOR);
    high3 = v128.load(c3, VECTOR);
  }
  for (const end = a + bytes(depth * ROWS); a < end; a += 4 * F32) {
    const low = v128.load(b);
    const high = v128.load(b, VECTOR);
    b += 8 * F32;
    const a0 = v128.load_splat<f32>(a);
    const a1 = v128.load_splat<f32>(a, F32);
    const a2 = v128.load_splat<f32>(a, 2 * F32);
    const a3 = v128.load_splat<f32>(a, 3 * F32);
    low0 = multiplyAdd(a0, low, low0);
    high0 = multiplyAdd(a0, high, high0);
    low1 = multiplyAdd(a1, low, low1);
    high1 = multiplyAdd(a1, high, high1);
    low2 = multiplyAdd(a2, low, low2);
    high2 = multiplyAdd(a2, high, high2);
    low3 = multiplyAdd(a3, low, low3);
    high3 = multiplyAdd(a3, high, high3);
  }
  v128.store(c0, low0);
  v128.store(c0, high0, VECTOR);
  v128.store(c1, low1);
  v128.store(c1, high1, VECTOR);
  v128.store(c2, low2);
  v128.store(c2, high2, VECTOR);
  v128.store(c3, low3);
  v128.store(c3, high3, VECTOR);
}

import { bytes, F32, splat, VECTOR } from './simd';

/** y = max(c + bias, floor) for rows of a product: `cStride` bytes from row to row of `c`, `columns` values a row of `y`. */
export function storeRows(
  c: usize,
  cStride: usize,
  bias: usize,
  floor: f32,
  y: usize,
  rows: i32,
  columns: i32,
): void {
  const lowest = splat(floor);
  const vectors = bytes(columns & -4);
  const end = bytes(columns);
  for (let row = 0; row < rows; row++) {
    let column: usize = 0;
    for (; column < vectors; column += VECTOR) {
      const added = bias ? v128.load(bias + column) : splat(0);
      v128.store(y + column, f32x4.pmax(f32x4.add(v128.load(c + column), added), lowest));
    }
    for (; column < end; column += F32) {
      const sum = load<f32>(c + column) + (bias ? load<f32>(bias + column) : 0);
      // Not max(): NaN stays NaN, as in the vectors.
      store<f32>(y + column, sum < floor ? floor : sum);
    }
    c += cStride;
    y += end;
  }
}

import { packAllRows } from './convolution';
import { storeRows } from './epilogue';
import { COLUMNS, multiplyPacked, ROWS } from './gemm';
import { packColumns, transpose } from './packing';
import { bytes, roundUp } from './simd';

/** Rows of a block of the result. */
const BLOCK: i32 = 32;

/** Bytes of workspace that {@link matrixProduct} needs. */
export function matrixProductWorkspace(rows: i32, columns: i32, depth: i32): i32 {
  const wide = roundUp(columns, COLUMNS);
  return <i32>bytes(BLOCK * (depth + wide) + depth * (wide + columns) + depth * rows);
}

/**
 * c = max(a · b + bias, floor). `a` is rows x depth, or its transpose is given; `b` likewise depth x columns. A `bias` of 0 stands for
 * none.
 */
export function matrixProduct(
  a: usize,
  b: usize,
  bias: usize,
  floor: f32,
  c: usize,
  rows: i32,
  columns: i32,
  depth: i32,
  aIsTransposed: bool,
  bIsTransposed: bool,
  workspace: usize,
): void {
  const wide = roundUp(columns, COLUMNS);
  const left = workspace;
  const products = left + bytes(BLOCK * depth);
  const right = products + bytes(BLOCK * wide);
  const turnedB = right + bytes(depth * wide);
  const turnedA = turnedB + bytes(depth * columns);
  if (aIsTransposed) transpose(a, depth, rows, turnedA);
  if (bIsTransposed) transpose(b, columns, depth, turnedB);
  packColumns(bIsTransposed ? turnedB : b, bytes(columns), depth, columns, COLUMNS, right);
  const source = aIsTransposed ? turnedA : a;
  for (let first = 0; first < rows; first += BLOCK) {
    const count = min(BLOCK, rows - first);
    packAllRows(source + bytes(first * depth), count, depth, left);
    multiplyPacked(roundUp(count, ROWS), wide, depth, left, right, products, bytes(wide), false);
    storeRows(products, bytes(wide), bias, floor, c + bytes(first * columns), count, columns);
  }
}

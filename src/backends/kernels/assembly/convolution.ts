import { storeRows } from './epilogue';
import { COLUMNS, multiplyPacked, ROWS } from './gemm';
import { packColumns, packRows, transpose } from './packing';
import { bytes, F32, roundUp, VECTOR } from './simd';

/**
 * Convolutions of any filter, stride, padding and number of channels, as products of the filter with the patches under it (im2col), a
 * block of output pixels at a time. `top` and `left` are the rows and columns of zeros before the image.
 */

/** Output pixels of a block. */
const PIXELS: i32 = 32;

/** Bytes of workspace that any of the three functions needs; `depth` is the number of values under a filter. */
export function convolutionWorkspace(depth: i32, outputs: i32): i32 {
  const deep = roundUp(depth, COLUMNS);
  const wide = roundUp(outputs, COLUMNS);
  return <i32>bytes(PIXELS * (2 * deep + 2 * wide) + 2 * deep * wide);
}

/** y = max(x * filter + bias, floor). A `bias` of 0 stands for none, a `floor` of 0 for ReLU. */
export function convolution(
  x: usize,
  filter: usize,
  bias: usize,
  floor: f32,
  y: usize,
  batch: i32,
  height: i32,
  width: i32,
  inputs: i32,
  outHeight: i32,
  outWidth: i32,
  outputs: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideY: i32,
  strideX: i32,
  top: i32,
  left: i32,
  workspace: usize,
): void {
  const depth = filterHeight * filterWidth * inputs;
  const wide = roundUp(outputs, COLUMNS);
  const patches = workspace;
  const packed = patches + bytes(PIXELS * depth);
  const products = packed + bytes(PIXELS * depth);
  const weights = products + bytes(PIXELS * wide);
  packColumns(filter, bytes(outputs), depth, outputs, COLUMNS, weights);
  const pixels = batch * outHeight * outWidth;
  for (let first = 0; first < pixels; first += PIXELS) {
    const count = min(PIXELS, pixels - first);
    const rows = roundUp(count, ROWS);
    gatherPatches(
      x, height, width, inputs, outHeight, outWidth, filterHeight, filterWidth, strideY, strideX, top, left,
      first, count, patches,
    );
    packAllRows(patches, count, depth, packed);
    multiplyPacked(rows, wide, depth, packed, weights, products, bytes(wide), false);
    storeRows(products, bytes(wide), bias, floor, y + bytes(first * outputs), count, outputs);
  }
}

/** dw = the gradient of the filter, from the convolution's input and the gradient of its output. */
export function convolutionFilterGradient(
  x: usize,
  dy: usize,
  dw: usize,
  batch: i32,
  height: i32,
  width: i32,
  inputs: i32,
  outHeight: i32,
  outWidth: i32,
  outputs: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideY: i32,
  strideX: i32,
  top: i32,
  left: i32,
  workspace: usize,
): void {
  const depth = filterHeight * filterWidth * inputs;
  const deep = roundUp(depth, ROWS);
  const wide = roundUp(outputs, COLUMNS);
  const patches = workspace;
  const packed = patches + bytes(PIXELS * depth);
  const gradients = packed + bytes(PIXELS * deep);
  const sums = gradients + bytes(PIXELS * wide);
  memory.fill(sums, 0, bytes(deep * wide));
  const pixels = batch * outHeight * outWidth;
  for (let first = 0; first < pixels; first += PIXELS) {
    const count = min(PIXELS, pixels - first);
    gatherPatches(
      x, height, width, inputs, outHeight, outWidth, filterHeight, filterWidth, strideY, strideX, top, left,
      first, count, patches,
    );
    packColumns(patches, bytes(depth), count, depth, ROWS, packed);
    packColumns(dy + bytes(first * outputs), bytes(outputs), count, outputs, COLUMNS, gradients);
    multiplyPacked(deep, wide, count, packed, gradients, sums, bytes(wide), true);
  }
  for (let row = 0; row < depth; row++) {
    memory.copy(dw + bytes(row * outputs), sums + bytes(row * wide), bytes(outputs));
  }
}

/** dx = the gradient of the input, from the filter and the gradient of the output. */
export function convolutionInputGradient(
  dy: usize,
  filter: usize,
  dx: usize,
  batch: i32,
  height: i32,
  width: i32,
  inputs: i32,
  outHeight: i32,
  outWidth: i32,
  outputs: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideY: i32,
  strideX: i32,
  top: i32,
  left: i32,
  workspace: usize,
): void {
  const depth = filterHeight * filterWidth * inputs;
  const deep = roundUp(depth, COLUMNS);
  const packed = workspace;
  const products = packed + bytes(PIXELS * outputs);
  const turned = products + bytes(PIXELS * deep);
  const weights = turned + bytes(depth * outputs);
  transpose(filter, depth, outputs, turned);
  packColumns(turned, bytes(depth), outputs, depth, COLUMNS, weights);
  memory.fill(dx, 0, bytes(batch * height * width * inputs));
  const pixels = batch * outHeight * outWidth;
  for (let first = 0; first < pixels; first += PIXELS) {
    const count = min(PIXELS, pixels - first);
    packAllRows(dy + bytes(first * outputs), count, outputs, packed);
    multiplyPacked(roundUp(count, ROWS), deep, outputs, packed, weights, products, bytes(deep), false);
    addPatches(
      products, bytes(deep), height, width, inputs, outHeight, outWidth, filterHeight, filterWidth, strideY, strideX,
      top, left, first, count, dx,
    );
  }
}

/** Packs rows that lie one after the other in groups of four; rows that fill up the last group repeat the last one. */
export function packAllRows(from: usize, rows: i32, depth: i32, to: usize): void {
  const stride = bytes(depth);
  const last = from + <usize>(rows - 1) * stride;
  for (let row = 0; row < rows; row += ROWS) {
    packRows(from, min(from + stride, last), min(from + 2 * stride, last), min(from + 3 * stride, last), depth, to);
    from += <usize>ROWS * stride;
    to += bytes(ROWS * depth);
  }
}

/** The patches under the filter at some output pixels, a row each, in the order of the filter's values: rows, columns, channels. */
function gatherPatches(
  x: usize,
  height: i32,
  width: i32,
  inputs: i32,
  outHeight: i32,
  outWidth: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideY: i32,
  strideX: i32,
  top: i32,
  left: i32,
  first: i32,
  count: i32,
  to: usize,
): void {
  const lineBytes = bytes(filterWidth * inputs);
  for (let pixel = first; pixel < first + count; pixel++) {
    const image = pixel / (outHeight * outWidth);
    const row = ((pixel / outWidth) % outHeight) * strideY - top;
    const column = (pixel % outWidth) * strideX - left;
    const from = max(0, -column);
    const length = bytes(max(0, min(filterWidth, width - column) - from) * inputs);
    for (let line = row; line < row + filterHeight; line++) {
      if (length < lineBytes || line < 0 || line >= height) memory.fill(to, 0, lineBytes);
      if (length > 0 && line >= 0 && line < height) {
        const source = x + bytes(((image * height + line) * width + column + from) * inputs);
        memory.copy(to + bytes(from * inputs), source, length);
      }
      to += lineBytes;
    }
  }
}

/** The adjoint of {@link gatherPatches}: adds each patch to the pixels it came from. */
function addPatches(
  patches: usize,
  stride: usize,
  height: i32,
  width: i32,
  inputs: i32,
  outHeight: i32,
  outWidth: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideY: i32,
  strideX: i32,
  top: i32,
  left: i32,
  first: i32,
  count: i32,
  to: usize,
): void {
  for (let pixel = first; pixel < first + count; pixel++) {
    const image = pixel / (outHeight * outWidth);
    const row = ((pixel / outWidth) % outHeight) * strideY - top;
    const column = (pixel % outWidth) * strideX - left;
    const from = max(0, -column);
    const length = max(0, min(filterWidth, width - column) - from) * inputs;
    for (let line = max(0, row); line < min(row + filterHeight, height); line++) {
      const source = patches + bytes(((line - row) * filterWidth + from) * inputs);
      addTo(to + bytes(((image * height + line) * width + column + from) * inputs), source, length);
    }
    patches += stride;
  }
}

/** to += from. */
function addTo(to: usize, from: usize, count: i32): void {
  const vectors = to + bytes(count & -4);
  const end = to + bytes(count);
  for (; to < vectors; to += VECTOR) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
    from += VECTOR;
  }
  for (; to < end; to += F32) {
    store<f32>(to, load<f32>(to) + load<f32>(from));
    from += F32;
  }
}

import { bytes, multiplyAdd, splat, VECTOR } from './simd';

/**
 * The transforms of Winograd's minimal filtering F(4x4, 3x3) (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016): a 4x4
 * tile of outputs takes 36 products, where the definition takes 144. For a 6x6 patch d, a 3x3 filter g and a tile y of outputs
 *
 *   y = A^T [ (G g G^T) ⊙ (B^T d B) ] A
 *
 * and for the gradient of the filter, with dy the gradient of the outputs, dg = G^T [ (B^T d B) ⊙ (A dy A^T) ] G.
 *
 * Each transform treats four channels at once, first along columns into `scratch`, then along rows. The 36 values of the Winograd domain are
 * called positions.
 */

/** Outputs of a tile along each side. */
export const TILE: i32 = 4;

/** Inputs of a tile along each side. */
export const PATCH: i32 = 6;

/** Values of a tile in the Winograd domain. */
export const POSITIONS: i32 = 36;

/** Bytes that a transform needs as scratch. */
export const SCRATCH: usize = 36 * VECTOR;

/** Bytes from row to row in `scratch`. */
const ROW: usize = 6 * VECTOR;

/** B^T d B. `from` points at the patch's first pixel; positions are stored `stride` bytes apart. */
export function transformPatch(
  from: usize,
  rowStride: usize,
  pixelStride: usize,
  to: usize,
  stride: usize,
  scratch: usize,
): void {
  for (let column: usize = 0; column < 6; column++) {
    const top = from + column * pixelStride;
    const middle = top + 3 * rowStride;
    patchLine(
      v128.load(top),
      v128.load(top + rowStride),
      v128.load(top + 2 * rowStride),
      v128.load(middle),
      v128.load(middle + rowStride),
      v128.load(middle + 2 * rowStride),
      scratch + column * VECTOR,
      ROW,
    );
  }
  for (let row: usize = 0; row < 6; row++) {
    const line = scratch + row * ROW;
    patchLine(
      v128.load(line),
      v128.load(line, VECTOR),
      v128.load(line, 2 * VECTOR),
      v128.load(line, 3 * VECTOR),
      v128.load(line, 4 * VECTOR),
      v128.load(line, 5 * VECTOR),
      to + row * 6 * stride,
      stride,
    );
  }
}

/** B^T of six values. */
// @ts-ignore: decorator
@inline
function patchLine(d0: v128, d1: v128, d2: v128, d3: v128, d4: v128, d5: v128, to: usize, stride: usize): void {
  const even = multiplyAdd(splat(-4), d2, d4);
  const odd = multiplyAdd(splat(-4), d1, d3);
  const evenDifference = f32x4.sub(d4, d2);
  const oddDifference = f32x4.sub(d3, d1);
  const twice = f32x4.add(oddDifference, oddDifference);
  v128.store(to, multiplyAdd(splat(-5), d2, multiplyAdd(splat(4), d0, d4)));
  v128.store(to + stride, f32x4.add(even, odd));
  v128.store(to + 2 * stride, f32x4.sub(even, odd));
  v128.store(to + 3 * stride, f32x4.add(evenDifference, twice));
  v128.store(to + 4 * stride, f32x4.sub(evenDifference, twice));
  v128.store(to + 5 * stride, multiplyAdd(splat(-5), d3, multiplyAdd(splat(4), d1, d5)));
}

/** A^T m A, plus a bias, and at least `floor`: what a tile of outputs is. Positions are `stride` bytes apart. */
export function transformProducts(
  from: usize,
  stride: usize,
  bias: v128,
  floor: v128,
  to: usize,
  rowStride: usize,
  pixelStride: usize,
  scratch: usize,
): void {
  const row: usize = 6 * stride;
  for (let column: usize = 0; column < 6; column++) {
    const top = from + column * stride;
    const middle = top + 3 * row;
    productLine(
      v128.load(top),
      v128.load(top + row),
      v128.load(top + 2 * row),
      v128.load(middle),
      v128.load(middle + row),
      v128.load(middle + 2 * row),
      splat(0),
      splat(-Infinity),
      scratch + column * VECTOR,
      ROW,
    );
  }
  for (let y: usize = 0; y < 4; y++) {
    const line = scratch + y * ROW;
    productLine(
      v128.load(line),
      v128.load(line, VECTOR),
      v128.load(line, 2 * VECTOR),
      v128.load(line, 3 * VECTOR),
      v128.load(line, 4 * VECTOR),
      v128.load(line, 5 * VECTOR),
      bias,
      floor,
      to,
      pixelStride,
    );
    to += rowStride;
  }
}

/** A^T of six values. */
// @ts-ignore: decorator
@inline
function productLine(
  m0: v128,
  m1: v128,
  m2: v128,
  m3: v128,
  m4: v128,
  m5: v128,
  bias: v128,
  floor: v128,
  to: usize,
  stride: usize,
): void {
  const sum = f32x4.add(bias, f32x4.add(m1, m2));
  const difference = f32x4.add(bias, f32x4.sub(m1, m2));
  const outerSum = f32x4.add(m3, m4);
  const outerDifference = f32x4.sub(m3, m4);
  v128.store(to, f32x4.pmax(f32x4.add(f32x4.add(m0, sum), outerSum), floor));
  v128.store(to + stride, f32x4.pmax(multiplyAdd(splat(2), outerDifference, difference), floor));
  v128.store(to + 2 * stride, f32x4.pmax(multiplyAdd(splat(4), outerSum, sum), floor));
  v128.store(to + 3 * stride, f32x4.pmax(f32x4.add(multiplyAdd(splat(8), outerDifference, difference), m5), floor));
}

/** A dy A^T: the adjoint of {@link transformProducts}. */
export function transformGradient(
  from: usize,
  rowStride: usize,
  pixelStride: usize,
  to: usize,
  stride: usize,
  scratch: usize,
): void {
  for (let column: usize = 0; column < 4; column++) {
    const top = from + column * pixelStride;
    gradientLine(
      v128.load(top),
      v128.load(top + rowStride),
      v128.load(top + 2 * rowStride),
      v128.load(top + 3 * rowStride),
      scratch + column * VECTOR,
      ROW,
    );
  }
  for (let row: usize = 0; row < 6; row++) {
    const line = scratch + row * ROW;
    gradientLine(
      v128.load(line),
      v128.load(line, VECTOR),
      v128.load(line, 2 * VECTOR),
      v128.load(line, 3 * VECTOR),
      to + row * 6 * stride,
      stride,
    );
  }
}

/** A of four values. */
// @ts-ignore: decorator
@inline
function gradientLine(y0: v128, y1: v128, y2: v128, y3: v128, to: usize, stride: usize): void {
  const even = f32x4.add(y0, y2);
  const odd = f32x4.add(y1, y3);
  const outerEven = multiplyAdd(splat(4), y2, y0);
  const outerOdd = multiplyAdd(splat(8), y3, f32x4.add(y1, y1));
  v128.store(to, y0);
  v128.store(to + stride, f32x4.add(even, odd));
  v128.store(to + 2 * stride, f32x4.sub(even, odd));
  v128.store(to + 3 * stride, f32x4.add(outerEven, outerOdd));
  v128.store(to + 4 * stride, f32x4.sub(outerEven, outerOdd));
  v128.store(to + 5 * stride, y3);
}

/** G g G^T. The filter's nine values are `from` + `stride` * i; positions are stored `toStride` bytes apart. */
export function transformFilter(from: usize, stride: usize, to: usize, toStride: usize, scratch: usize): void {
  for (let column: usize = 0; column < 3; column++) {
    const top = from + column * stride;
    filterLine(
      v128.load(top),
      v128.load(top + 3 * stride),
      v128.load(top + 6 * stride),
      scratch + column * VECTOR,
      ROW,
    );
  }
  for (let row: usize = 0; row < 6; row++) {
    const line = scratch + row * ROW;
    filterLine(
      v128.load(line),
      v128.load(line, VECTOR),
      v128.load(line, 2 * VECTOR),
      to + row * 6 * toStride,
      toStride,
    );
  }
}

/** G of three values. */
// @ts-ignore: decorator
@inline
function filterLine(g0: v128, g1: v128, g2: v128, to: usize, stride: usize): void {
  const outer = f32x4.add(g0, g2);
  const near = f32x4.mul(splat(-1.0 / 6), f32x4.add(outer, g1));
  const far = f32x4.add(f32x4.mul(splat(1.0 / 24), g0), f32x4.mul(splat(1.0 / 6), g2));
  const middle = f32x4.mul(splat(1.0 / 12), g1);
  v128.store(to, f32x4.mul(splat(0.25), g0));
  v128.store(to + stride, near);
  v128.store(to + 2 * stride, f32x4.mul(splat(-1.0 / 6), f32x4.sub(outer, g1)));
  v128.store(to + 3 * stride, f32x4.add(far, middle));
  v128.store(to + 4 * stride, f32x4.sub(far, middle));
  v128.store(to + 5 * stride, g2);
}

/** G^T u G: the adjoint of {@link transformFilter}, with the same strides the other way round. */
export function transformFilterGradient(from: usize, stride: usize, to: usize, toStride: usize, scratch: usize): void {
  const row: usize = 6 * stride;
  for (let column: usize = 0; column < 6; column++) {
    const top = from + column * stride;
    const middle = top + 3 * row;
    filterGradientLine(
      v128.load(top),
      v128.load(top + row),
      v128.load(top + 2 * row),
      v128.load(middle),
      v128.load(middle + row),
      v128.load(middle + 2 * row),
      scratch + column * VECTOR,
      ROW,
    );
  }
  for (let y: usize = 0; y < 3; y++) {
    const line = scratch + y * ROW;
    filterGradientLine(
      v128.load(line),
      v128.load(line, VECTOR),
      v128.load(line, 2 * VECTOR),
      v128.load(line, 3 * VECTOR),
      v128.load(line, 4 * VECTOR),
      v128.load(line, 5 * VECTOR),
      to + y * 3 * toStride,
      toStride,
    );
  }
}

/** G^T of six values. */
// @ts-ignore: decorator
@inline
function filterGradientLine(
  u0: v128,
  u1: v128,
  u2: v128,
  u3: v128,
  u4: v128,
  u5: v128,
  to: usize,
  stride: usize,
): void {
  const near = f32x4.add(u1, u2);
  const far = f32x4.add(u3, u4);
  const sixth = splat(1.0 / 6);
  const inner = f32x4.sub(f32x4.mul(splat(0.25), u0), f32x4.mul(sixth, near));
  v128.store(to, f32x4.add(inner, f32x4.mul(splat(1.0 / 24), far)));
  const nearDifference = f32x4.mul(sixth, f32x4.sub(u2, u1));
  v128.store(to + stride, f32x4.add(nearDifference, f32x4.mul(splat(1.0 / 12), f32x4.sub(u3, u4))));
  v128.store(to + 2 * stride, f32x4.add(f32x4.mul(sixth, f32x4.sub(far, near)), u5));
}

/**
 * Copies a square of an image's pixels, `side` along each side from (`row`, `column`) on, to `to`; what lies outside the image is zero.
 */
export function copyPatch(
  image: usize,
  height: i32,
  width: i32,
  channels: i32,
  row: i32,
  column: i32,
  side: i32,
  to: usize,
): void {
  memory.fill(to, 0, bytes(side * side * channels));
  const left = max(column, 0);
  const length = bytes((min(column + side, width) - left) * channels);
  const bottom = min(row + side, height);
  for (let y = max(row, 0); y < bottom; y++) {
    const from = image + bytes((y * width + left) * channels);
    memory.copy(to + bytes(((y - row) * side + left - column) * channels), from, length);
  }
}

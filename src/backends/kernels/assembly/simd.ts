/**
 * What all kernels share. A kernel works on addresses in the memory of tfjs-backend-wasm; strides are in bytes, sizes in values.
 * Vectors are four float32 lanes.
 */

/** Bytes of a float32. */
export const F32: usize = 4;

/** Bytes of a vector. */
export const VECTOR: usize = 16;

/** a * b + c: rounded once where the module is built for relaxed SIMD, twice elsewhere. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(c, f32x4.mul(a, b));
}

/** One value in all lanes. */
// @ts-ignore: decorator
@inline
export function splat(value: f32): v128 {
  return f32x4.splat(value);
}

/** Bytes of so many float32. */
// @ts-ignore: decorator
@inline
export function bytes(values: i32): usize {
  return <usize>values * F32;
}

/** The next multiple of a power of two. */
// @ts-ignore: decorator
@inline
export function roundUp(value: i32, multiple: i32): i32 {
  return (value + multiple - 1) & -multiple;
}

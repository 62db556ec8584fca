import { bytes, F32, splat, VECTOR } from './simd';

/** dx = the gradient of ReLU and LeakyReLU: dy where x > 0, alpha * dy elsewhere. With alpha 0, x may be the activation's output. */
export function rectifierGradient(dy: usize, x: usize, alpha: f32, dx: usize, count: i32): void {
  const vectors = bytes(count & -4);
  const end = bytes(count);
  const slope = splat(alpha);
  let at: usize = 0;
  for (; at < vectors; at += VECTOR) {
    const gradient = v128.load(dy + at);
    const isPositive = f32x4.gt(v128.load(x + at), splat(0));
    v128.store(dx + at, v128.bitselect(gradient, f32x4.mul(slope, gradient), isPositive));
  }
  for (; at < end; at += F32) {
    const gradient = load<f32>(dy + at);
    store<f32>(dx + at, load<f32>(x + at) > 0 ? gradient : alpha * gradient);
  }
}

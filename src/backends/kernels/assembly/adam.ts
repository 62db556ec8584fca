import { bytes, F32, splat, VECTOR } from './simd';

/**
 * One update of Adam (Kingma and Ba 2015, algorithm 1), as PyTorch arranges it. `rest` is 1 - beta, rounded once; `stepSize` is the
 * learning rate over 1 - beta1^t; `correction` is sqrt(1 - beta2^t). Results go to new arrays: tfjs's tensors never change.
 */
export function adam(
  weights: usize,
  gradient: usize,
  first: usize,
  second: usize,
  newWeights: usize,
  newFirst: usize,
  newSecond: usize,
  count: i32,
  beta1: f32,
  rest1: f32,
  beta2: f32,
  rest2: f32,
  epsilon: f32,
  stepSize: f32,
  correction: f32,
): void {
  const vectors = bytes(count & -4);
  const end = bytes(count);
  let at: usize = 0;
  for (; at < vectors; at += VECTOR) {
    const g = v128.load(gradient + at);
    const m = f32x4.add(f32x4.mul(splat(beta1), v128.load(first + at)), f32x4.mul(splat(rest1), g));
    const v = f32x4.add(f32x4.mul(splat(beta2), v128.load(second + at)), f32x4.mul(splat(rest2), f32x4.mul(g, g)));
    const denominator = f32x4.add(f32x4.div(f32x4.sqrt(v), splat(correction)), splat(epsilon));
    const step = f32x4.mul(f32x4.div(m, denominator), splat(stepSize));
    v128.store(newFirst + at, m);
    v128.store(newSecond + at, v);
    v128.store(newWeights + at, f32x4.sub(v128.load(weights + at), step));
  }
  for (; at < end; at += F32) {
    const g = load<f32>(gradient + at);
    const m = beta1 * load<f32>(first + at) + rest1 * g;
    const v = beta2 * load<f32>(second + at) + rest2 * (g * g);
    const denominator = sqrt<f32>(v) / correction + epsilon;
    store<f32>(newFirst + at, m);
    store<f32>(newSecond + at, v);
    store<f32>(newWeights + at, load<f32>(weights + at) - (m / denominator) * stepSize);
  }
}

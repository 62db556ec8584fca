import { bytes, multiplyAdd, splat, VECTOR } from './simd';

/**
 * Batch normalisation over the rows of a matrix [rows][channels], channels a multiple of 4. Rows are treated in blocks that stay in the
 * first-level cache, so that each pass reads memory once.
 */

const BLOCK: i32 = 64;

/** Mean and biased variance of each channel, block by block by the formula of Chan, Golub and LeVeque (1979). */
export function batchMoments(x: usize, rows: i32, channels: i32, mean: usize, variance: usize): void {
  const row = bytes(channels);
  memory.fill(mean, 0, row);
  memory.fill(variance, 0, row);
  for (let first = 0; first < rows; first += BLOCK) {
    const count = min(BLOCK, rows - first);
    const total = <f32>(first + count);
    const share = splat(<f32>count / total);
    const spread = splat((<f32>first * <f32>count) / total);
    const end = x + <usize>count * row;
    for (let channel: usize = 0; channel < row; channel += VECTOR) {
      let sum = splat(0);
      for (let at = x + channel; at < end; at += row) sum = f32x4.add(sum, v128.load(at));
      const blockMean = f32x4.div(sum, splat(<f32>count));
      let squares = splat(0);
      for (let at = x + channel; at < end; at += row) {
        const deviation = f32x4.sub(v128.load(at), blockMean);
        squares = multiplyAdd(deviation, deviation, squares);
      }
      const before = v128.load(mean + channel);
      const difference = f32x4.sub(blockMean, before);
      const between = f32x4.mul(f32x4.mul(difference, difference), spread);
      v128.store(mean + channel, multiplyAdd(difference, share, before));
      v128.store(variance + channel, f32x4.add(v128.load(variance + channel), f32x4.add(squares, between)));
    }
    x = end;
  }
  for (let channel: usize = 0; channel < row; channel += VECTOR) {
    v128.store(variance + channel, f32x4.div(v128.load(variance + channel), splat(<f32>rows)));
  }
}

/** y = gamma * (x - mean) / sqrt(variance + epsilon) + beta. */
export function batchNormalize(
  x: usize,
  mean: usize,
  variance: usize,
  gamma: usize,
  beta: usize,
  epsilon: f32,
  y: usize,
  rows: i32,
  channels: i32,
): void {
  const row = bytes(channels);
  const size = <usize>rows * row;
  for (let block: usize = 0; block < size; block += <usize>BLOCK * row) {
    const end = min(block + <usize>BLOCK * row, size);
    for (let channel: usize = 0; channel < row; channel += VECTOR) {
      const deviation = f32x4.sqrt(f32x4.add(v128.load(variance + channel), splat(epsilon)));
      const scale = f32x4.div(v128.load(gamma + channel), deviation);
      const center = v128.load(mean + channel);
      const shift = v128.load(beta + channel);
      for (let at = block + channel; at < end; at += row) {
        v128.store(y + at, multiplyAdd(f32x4.sub(v128.load(x + at), center), scale, shift));
      }
    }
  }
}

/** The gradients of {@link batchNormalize} where mean and variance are those of `x` itself. */
export function batchNormGradient(
  x: usize,
  dy: usize,
  mean: usize,
  variance: usize,
  gamma: usize,
  epsilon: f32,
  dx: usize,
  dGamma: usize,
  dBeta: usize,
  rows: i32,
  channels: i32,
): void {
  const row = bytes(channels);
  const size = <usize>rows * row;
  const step = <usize>BLOCK * row;
  memory.fill(dGamma, 0, row);
  memory.fill(dBeta, 0, row);
  for (let block: usize = 0; block < size; block += step) {
    const end = min(block + step, size);
    for (let channel: usize = 0; channel < row; channel += VECTOR) {
      const center = v128.load(mean + channel);
      let sum = splat(0);
      let products = splat(0);
      for (let at = block + channel; at < end; at += row) {
        const gradient = v128.load(dy + at);
        sum = f32x4.add(sum, gradient);
        products = multiplyAdd(gradient, f32x4.sub(v128.load(x + at), center), products);
      }
      v128.store(dBeta + channel, f32x4.add(v128.load(dBeta + channel), sum));
      v128.store(dGamma + channel, f32x4.add(v128.load(dGamma + channel), products));
    }
  }
  for (let channel: usize = 0; channel < row; channel += VECTOR) {
    const deviation = f32x4.sqrt(f32x4.add(v128.load(variance + channel), splat(epsilon)));
    v128.store(dGamma + channel, f32x4.div(v128.load(dGamma + channel), deviation));
  }
  for (let block: usize = 0; block < size; block += step) {
    const end = min(block + step, size);
    for (let channel: usize = 0; channel < row; channel += VECTOR) {
      const deviation = f32x4.sqrt(f32x4.add(v128.load(variance + channel), splat(epsilon)));
      const scale = f32x4.div(v128.load(gamma + channel), deviation);
      const center = v128.load(mean + channel);
      const meanGradient = f32x4.div(v128.load(dBeta + channel), splat(<f32>rows));
      const slope = f32x4.div(f32x4.div(v128.load(dGamma + channel), splat(<f32>rows)), deviation);
      for (let at = block + channel; at < end; at += row) {
        const explained = multiplyAdd(f32x4.sub(v128.load(x + at), center), slope, meanGradient);
        v128.store(dx + at, f32x4.mul(f32x4.sub(v128.load(dy + at), explained), scale));
      }
    }
  }
}

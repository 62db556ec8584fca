/**
 * Gradients as their definitions say, in double precision and NHWC: what kernels are checked against. `offset` is the number of
 * padding rows and columns before the image.
 */

type Shape = readonly [batch: number, height: number, width: number, channels: number];
type Pair = readonly [vertical: number, horizontal: number];

export interface ConvolutionCase {
  input: Shape;
  /** Height, width, input channels, output channels. */
  filter: Shape;
  output: Shape;
  strides: Pair;
  offset: Pair;
}

const count = (shape: Shape): number => shape[0] * shape[1] * shape[2] * shape[3];
const at = ([, height, width, channels]: Shape, b: number, y: number, x: number, c: number): number =>
  ((b * height + y) * width + x) * channels + c;

/** d loss / d input and d loss / d filter of a convolution, from `dy` = d loss / d output. */
export function convolutionGradients(
  { input, filter, output, strides, offset }: ConvolutionCase,
  x: ArrayLike<number>,
  weights: ArrayLike<number>,
  dy: ArrayLike<number>,
): { dx: Float64Array; dw: Float64Array } {
  const [dx, dw] = [new Float64Array(count(input)), new Float64Array(count(filter))];
  for (let b = 0; b < output[0]; b++)
    for (let row = 0; row < output[1]; row++)
      for (let column = 0; column < output[2]; column++)
        for (let to = 0; to < output[3]; to++) {
          const gradient = dy[at(output, b, row, column, to)]!;
          for (let ky = 0; ky < filter[0]; ky++)
            for (let kx = 0; kx < filter[1]; kx++) {
              const [iy, ix] = [row * strides[0] + ky - offset[0], column * strides[1] + kx - offset[1]];
              if (iy < 0 || iy >= input[1] || ix < 0 || ix >= input[2]) continue;
              for (let from = 0; from < input[3]; from++) {
                const [i, w] = [at(input, b, iy, ix, from), at(filter, ky, kx, from, to)];
                dx[i]! += gradient * weights[w]!;
                dw[w]! += gradient * x[i]!;
              }
            }
        }
  return { dx, dw };
}

/** d loss / d input of max-pooling: each window's largest value gets its output's gradient. */
export function maxPoolGradient(
  { input, output, strides, offset, window }: Omit<ConvolutionCase, 'filter'> & { window: Pair },
  x: ArrayLike<number>,
  dy: ArrayLike<number>,
): Float64Array {
  const dx = new Float64Array(count(input));
  for (let b = 0; b < output[0]; b++)
    for (let row = 0; row < output[1]; row++)
      for (let column = 0; column < output[2]; column++)
        for (let c = 0; c < output[3]; c++) {
          let largest = -1;
          for (let ky = 0; ky < window[0]; ky++)
            for (let kx = 0; kx < window[1]; kx++) {
              const [iy, ix] = [row * strides[0] + ky - offset[0], column * strides[1] + kx - offset[1]];
              if (iy < 0 || iy >= input[1] || ix < 0 || ix >= input[2]) continue;
              const i = at(input, b, iy, ix, c);
              if (largest < 0 || x[i]! > x[largest]!) largest = i;
            }
          dx[largest]! += dy[at(output, b, row, column, c)]!;
        }
  return dx;
}

/** d loss / d image of resizing to `output` by taking, for each pixel, that of `source(pixel, from, to)` along each side. */
export function resizeGradient(
  input: Shape,
  output: Shape,
  source: (pixel: number, from: number, to: number) => number,
  dy: ArrayLike<number>,
): Float64Array {
  const dx = new Float64Array(count(input));
  for (let b = 0; b < output[0]; b++)
    for (let row = 0; row < output[1]; row++)
      for (let column = 0; column < output[2]; column++)
        for (let c = 0; c < output[3]; c++) {
          const [iy, ix] = [source(row, input[1], output[1]), source(column, input[2], output[2])];
          dx[at(input, b, iy, ix, c)]! += dy[at(output, b, row, column, c)]!;
        }
  return dx;
}

/** A convolution. */
export function convolution(
  { input, filter, output, strides, offset }: ConvolutionCase,
  x: ArrayLike<number>,
  weights: ArrayLike<number>,
): Float64Array {
  const y = new Float64Array(count(output));
  for (let b = 0; b < output[0]; b++)
    for (let row = 0; row < output[1]; row++)
      for (let column = 0; column < output[2]; column++)
        for (let to = 0; to < output[3]; to++)
          for (let ky = 0; ky < filter[0]; ky++)
            for (let kx = 0; kx < filter[1]; kx++) {
              const [iy, ix] = [row * strides[0] + ky - offset[0], column * strides[1] + kx - offset[1]];
              if (iy < 0 || iy >= input[1] || ix < 0 || ix >= input[2]) continue;
              for (let from = 0; from < input[3]; from++)
                y[at(output, b, row, column, to)]! +=
                  x[at(input, b, iy, ix, from)]! * weights[at(filter, ky, kx, from, to)]!;
            }
  return y;
}

/** Batch normalisation of rows of channels, and its gradients: the sums of the chain rule, not the simplified formula. */
export function batchNorm(
  x: ArrayLike<number>,
  dy: ArrayLike<number>,
  gamma: ArrayLike<number>,
  beta: ArrayLike<number>,
  epsilon: number,
) {
  const channels = gamma.length;
  const rows = x.length / channels;
  const [mean, variance, dGamma, dBeta] = Array.from({ length: 4 }, () => new Float64Array(channels)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const [y, dx] = [new Float64Array(x.length), new Float64Array(x.length)];
  for (let c = 0; c < channels; c++) {
    const own = Array.from({ length: rows }, (_, row) => row * channels + c);
    mean[c] = own.reduce((sum, i) => sum + x[i]!, 0) / rows;
    variance[c] = own.reduce((sum, i) => sum + (x[i]! - mean[c]!) ** 2, 0) / rows;
    const deviation = Math.sqrt(variance[c]! + epsilon);
    for (const i of own) {
      const normalized = (x[i]! - mean[c]!) / deviation;
      y[i] = gamma[c]! * normalized + beta[c]!;
      dBeta[c]! += dy[i]!;
      dGamma[c]! += dy[i]! * normalized;
    }
    const dVariance = own.reduce((sum, i) => sum + dy[i]! * gamma[c]! * (x[i]! - mean[c]!), 0) * -0.5 * deviation ** -3;
    const dMean = own.reduce((sum, i) => sum - (dy[i]! * gamma[c]!) / deviation, 0);
    for (const i of own) {
      dx[i] = (dy[i]! * gamma[c]!) / deviation + (dVariance * 2 * (x[i]! - mean[c]!)) / rows + dMean / rows;
    }
  }
  return { mean, variance, y, dx, dGamma, dBeta };
}

/** a · b for each of a batch, either given transposed. */
export function matrixProduct(
  { batch, rows, columns, depth }: { batch: number; rows: number; columns: number; depth: number },
  a: ArrayLike<number>,
  aIsTransposed: boolean,
  b: ArrayLike<number>,
  bIsTransposed: boolean,
): Float64Array {
  const product = new Float64Array(batch * rows * columns);
  for (let n = 0; n < batch; n++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        for (let k = 0; k < depth; k++) {
          const left = n * rows * depth + (aIsTransposed ? k * rows + row : row * depth + k);
          const right = n * depth * columns + (bIsTransposed ? column * depth + k : k * columns + column);
          product[(n * rows + row) * columns + column]! += a[left]! * b[right]!;
        }
  return product;
}

import type { HeatmapUNetConfig } from '../../src/networks/heatmap-unet-config.js';

/** A tensor in double precision: `shape` is `[n, height, width, channels]`, or `[height, width, in, out]`, or `[channels]`. */
export interface DoubleTensor {
  shape: readonly number[];
  data: Float64Array;
}

/** Weights by the names they have in `HeatmapUNet.weights`. */
export type DoubleWeights = Readonly<Record<string, DoubleTensor>>;

/**
 * The training forward pass of a `HeatmapUNet` in plain loops and double precision: what finite differences need, and no code in
 * common with the network. BatchNorm uses the batch's statistics.
 */
export function referenceUNet(
  weights: DoubleWeights,
  { widths }: Pick<HeatmapUNetConfig, 'widths'>,
  x: DoubleTensor,
): DoubleTensor {
  const weight = (name: string) => weights[name] ?? fail(`no weight ${name}`);
  const unit = (input: DoubleTensor, name: string, suffix = '') =>
    batchNorm(
      convolution(input, weight(`${name}_conv${suffix}/kernel`)),
      weight(`${name}_norm${suffix}/gamma`),
      weight(`${name}_norm${suffix}/beta`),
    );
  const pointwise = (input: DoubleTensor, name: string) =>
    convolution(input, weight(`${name}/kernel`), weight(`${name}/bias`));
  const block = (input: DoubleTensor, name: string, width: number) => {
    const residual = unit(relu(unit(input, name, '1')), name, '2');
    return relu(add(residual, input.shape[3] === width ? input : pointwise(input, `${name}_identity`)));
  };
  const group = (input: DoubleTensor, name: string, width: number) =>
    block(block(input, `${name}_block1`, width), `${name}_block2`, width);

  let features = relu(unit(x, 'stem'));
  const skips = widths.map((width, level) => {
    const skip = group(features, `encoder${level + 1}`, width);
    features = maxPool(skip);
    return skip;
  });
  for (let level = widths.length; level >= 1; level--) {
    const [name, width] = [`decoder${level}`, widths[level - 1]!];
    if (features.shape[3] !== width) features = pointwise(features, `${name}_narrow`);
    features = group(add(upsample(features), skips[level - 1]!), name, width);
  }
  return pointwise(features, 'heatmaps');
}

/** Eq. 10, summed over channels and averaged over pixels and faces; `visible` is `[faces, 1, 1, channels]`. */
export function referenceLoss(truth: DoubleTensor, prediction: DoubleTensor, visible: DoubleTensor): number {
  const [faces, height, width, channels] = truth.shape as [number, number, number, number];
  let sum = 0;
  for (let i = 0; i < truth.data.length; i++) {
    const face = Math.floor(i / (height * width * channels));
    sum += (truth.data[i]! - prediction.data[i]!) ** 2 * visible.data[face * channels + (i % channels)]!;
  }
  return sum / (faces * height * width);
}

/** Stride 1, as large as its input, zeros around. */
function convolution(x: DoubleTensor, kernel: DoubleTensor, bias?: DoubleTensor): DoubleTensor {
  const [faces, height, width, from] = x.shape as [number, number, number, number];
  const [rows, columns, , to] = kernel.shape as [number, number, number, number];
  const y = new Float64Array(faces * height * width * to);
  for (let pixel = 0; pixel < faces * height * width; pixel++) {
    const [row, column] = [Math.floor(pixel / width) % height, pixel % width];
    for (let out = 0; out < to; out++) y[pixel * to + out] = bias?.data[out] ?? 0;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const [down, right] = [i - (rows - 1) / 2, j - (columns - 1) / 2];
        if (row + down < 0 || row + down >= height || column + right < 0 || column + right >= width) continue;
        const source = (pixel + down * width + right) * from;
        for (let channel = 0; channel < from; channel++) {
          const value = x.data[source + channel]!;
          const weights = ((i * columns + j) * from + channel) * to;
          for (let out = 0; out < to; out++) y[pixel * to + out]! += value * kernel.data[weights + out]!;
        }
      }
    }
  }
  return { shape: [faces, height, width, to], data: y };
}

function batchNorm(x: DoubleTensor, gamma: DoubleTensor, beta: DoubleTensor): DoubleTensor {
  const channels = x.shape[3]!;
  const rows = x.data.length / channels;
  const y = new Float64Array(x.data.length);
  for (let channel = 0; channel < channels; channel++) {
    let mean = 0;
    for (let i = channel; i < y.length; i += channels) mean += x.data[i]! / rows;
    let variance = 0;
    for (let i = channel; i < y.length; i += channels) variance += (x.data[i]! - mean) ** 2 / rows;
    const scale = gamma.data[channel]! / Math.sqrt(variance + 1e-5);
    for (let i = channel; i < y.length; i += channels) y[i] = (x.data[i]! - mean) * scale + beta.data[channel]!;
  }
  return { shape: x.shape, data: y };
}

function relu({ shape, data }: DoubleTensor): DoubleTensor {
  return { shape, data: data.map((value) => Math.max(0, value)) };
}

function add(x: DoubleTensor, y: DoubleTensor): DoubleTensor {
  return { shape: x.shape, data: x.data.map((value, i) => value + y.data[i]!) };
}

/** The largest of each 2x2 window. */
function maxPool(x: DoubleTensor): DoubleTensor {
  const [faces, height, width, channels] = x.shape as [number, number, number, number];
  return make([faces, height / 2, width / 2, channels], (face, row, column, channel) => {
    const corner = ((face * height + 2 * row) * width + 2 * column) * channels + channel;
    const window = [0, channels, width * channels, (width + 1) * channels].map((offset) => x.data[corner + offset]!);
    return Math.max(...window);
  });
}

/** Repeats each pixel two by two times. */
function upsample(x: DoubleTensor): DoubleTensor {
  const [faces, height, width, channels] = x.shape as [number, number, number, number];
  return make(
    [faces, height * 2, width * 2, channels],
    (face, row, column, channel) =>
      x.data[((face * height + (row >> 1)) * width + (column >> 1)) * channels + channel]!,
  );
}

function make(
  shape: readonly [number, number, number, number],
  value: (face: number, row: number, column: number, channel: number) => number,
): DoubleTensor {
  const [faces, height, width, channels] = shape;
  const data = new Float64Array(faces * height * width * channels);
  let i = 0;
  for (let face = 0; face < faces; face++)
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++)
        for (let channel = 0; channel < channels; channel++) data[i++] = value(face, row, column, channel);
  return { shape, data };
}

function fail(message: string): never {
  throw new Error(message);
}

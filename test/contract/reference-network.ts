/**
 * The HeatmapUNet in plain JavaScript and double precision, written from its description (Fig. 5 of the paper): what backends
 * are measured against, independent of tfjs and of the library's own layers.
 */

import type { HeatmapUNetConfig } from '../../src/networks/heatmap-unet-config.js';

/** Every weight by name, in double precision. */
export type ReferenceWeights = Record<string, Float64Array>;

/** `[faces, size, size, channels]`, channels last. */
interface Features {
  faces: number;
  size: number;
  channels: number;
  values: Float64Array;
}

const EPSILON = 1e-5;

/** Heatmaps of a batch; with `training` BatchNorm takes this batch's mean and variance instead of the running ones. */
export function referenceHeatmaps(
  { inputSize, inputChannels, landmarks, widths }: HeatmapUNetConfig,
  weights: ReferenceWeights,
  images: ArrayLike<number>,
  training: boolean,
): Float64Array {
  const weight = (name: string): Float64Array => {
    const found = weights[name];
    if (!found) throw new Error(`The reference network has no weight "${name}".`);
    return found;
  };
  const convolved = (x: Features, name: string, to: number, kernel: number, bias: boolean) =>
    convolve(x, weight(`${name}/kernel`), to, kernel, bias ? weight(`${name}/bias`) : undefined);
  const normalized = (x: Features, name: string) => {
    const [mean, variance] = training
      ? batchMoments(x)
      : [weight(`${name}/moving_mean`), weight(`${name}/moving_variance`)];
    return normalize(x, mean, variance, weight(`${name}/gamma`), weight(`${name}/beta`));
  };
  const block = (x: Features, name: string, width: number) => {
    const hidden = relu(normalized(convolved(x, `${name}_conv1`, width, 3, false), `${name}_norm1`));
    const residual = normalized(convolved(hidden, `${name}_conv2`, width, 3, false), `${name}_norm2`);
    const identity = x.channels === width ? x : convolved(x, `${name}_identity`, width, 1, true);
    return relu(add(residual, identity));
  };
  const group = (x: Features, name: string, width: number) =>
    block(block(x, `${name}_block1`, width), `${name}_block2`, width);

  const faces = images.length / (inputSize * inputSize * inputChannels);
  let x: Features = { faces, size: inputSize, channels: inputChannels, values: Float64Array.from(images) };
  x = relu(normalized(convolved(x, 'stem_conv', widths[0]!, 3, false), 'stem_norm'));
  const skips: Features[] = [];
  widths.forEach((width, level) => {
    x = group(x, `encoder${level + 1}`, width);
    skips.push(x);
    x = maxPool(x);
  });
  for (let level = widths.length; level >= 1; level--) {
    const width = widths[level - 1]!;
    if (x.channels !== width) x = convolved(x, `decoder${level}_narrow`, width, 1, true);
    x = group(add(enlarge(x), skips.pop()!), `decoder${level}`, width);
  }
  return convolved(x, 'heatmaps', landmarks + 1, 1, true).values;
}

/** The squared error summed over channels, its mean over pixels and faces: Eq. 10 with every landmark visible. */
export function referenceLoss(truth: ArrayLike<number>, prediction: Float64Array, channels: number): number {
  const sum = prediction.reduce((total, value, i) => total + (value - truth[i]!) ** 2, 0);
  return sum / (prediction.length / channels);
}

/** A convolution of stride 1 with as many zeros around the image as keep its size. */
function convolve(x: Features, filter: Float64Array, to: number, kernel: number, bias?: Float64Array): Features {
  const { faces, size, channels } = x;
  const values = new Float64Array(faces * size * size * to);
  const margin = (kernel - 1) / 2;
  for (let face = 0; face < faces; face++)
    for (let row = 0; row < size; row++)
      for (let column = 0; column < size; column++) {
        const out = ((face * size + row) * size + column) * to;
        if (bias) values.set(bias, out);
        for (let ky = 0; ky < kernel; ky++)
          for (let kx = 0; kx < kernel; kx++) {
            const [y, left] = [row + ky - margin, column + kx - margin];
            if (y < 0 || y >= size || left < 0 || left >= size) continue;
            const from = ((face * size + y) * size + left) * channels;
            let w = (ky * kernel + kx) * channels * to;
            for (let c = 0; c < channels; c++) {
              const pixel = x.values[from + c]!;
              for (let o = 0; o < to; o++) values[out + o]! += pixel * filter[w++]!;
            }
          }
      }
  return { faces, size, channels: to, values };
}

/** Mean and (biased) variance of each channel. */
function batchMoments({ channels, values }: Features): [Float64Array, Float64Array] {
  const rows = values.length / channels;
  const [mean, variance] = [new Float64Array(channels), new Float64Array(channels)];
  for (let i = 0; i < values.length; i++) mean[i % channels]! += values[i]! / rows;
  for (let i = 0; i < values.length; i++) variance[i % channels]! += (values[i]! - mean[i % channels]!) ** 2 / rows;
  return [mean, variance];
}

function normalize(
  x: Features,
  mean: Float64Array,
  variance: Float64Array,
  gamma: Float64Array,
  beta: Float64Array,
): Features {
  const values = x.values.map((value, i) => {
    const c = i % x.channels;
    return (gamma[c]! * (value - mean[c]!)) / Math.sqrt(variance[c]! + EPSILON) + beta[c]!;
  });
  return { ...x, values };
}

const relu = (x: Features): Features => ({ ...x, values: x.values.map((value) => Math.max(0, value)) });

const add = (x: Features, y: Features): Features => ({
  ...x,
  values: x.values.map((value, i) => value + y.values[i]!),
});

/** The largest of each 2x2 window. */
function maxPool(x: Features): Features {
  const half = x.size / 2;
  const pooled = resized(x, half, Number.NEGATIVE_INFINITY);
  forEachPixel(x, (face, row, column, c, value) => {
    const at = ((face * half + (row >> 1)) * half + (column >> 1)) * x.channels + c;
    pooled.values[at] = Math.max(pooled.values[at]!, value);
  });
  return pooled;
}

/** Each pixel four times. */
function enlarge(x: Features): Features {
  const enlarged = resized(x, x.size * 2, 0);
  const { size, channels } = enlarged;
  forEachPixel(enlarged, (face, row, column, c) => {
    const from = ((face * x.size + (row >> 1)) * x.size + (column >> 1)) * channels + c;
    enlarged.values[((face * size + row) * size + column) * channels + c] = x.values[from]!;
  });
  return enlarged;
}

function resized({ faces, channels }: Features, size: number, fill: number): Features {
  return { faces, size, channels, values: new Float64Array(faces * size * size * channels).fill(fill) };
}

function forEachPixel(
  { faces, size, channels, values }: Features,
  visit: (face: number, row: number, column: number, channel: number, value: number) => void,
): void {
  let i = 0;
  for (let face = 0; face < faces; face++)
    for (let row = 0; row < size; row++)
      for (let column = 0; column < size; column++)
        for (let c = 0; c < channels; c++) visit(face, row, column, c, values[i++]!);
}

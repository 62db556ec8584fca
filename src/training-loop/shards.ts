import type { PlainTensor } from '../formats/safetensors.js';
import { sampleCount } from './gradients.js';
import type { Batch } from './learner.js';
import type { Metrics } from './trainer-types.js';

/** A part of a batch, copied. */
export interface Shard {
  batch: Record<string, PlainTensor>;
  samples: number;
}

/** Copies a batch in parts of consecutive samples, as equal as possible; at most as many as there are samples. */
export function splitBatch(batch: Batch, parts: number): Shard[] {
  const count = Math.min(parts, sampleCount(batch));
  return Array.from({ length: count }, (_, part) => {
    const [from, to] = [part / count, (part + 1) / count];
    const shard = Object.fromEntries(Object.entries(batch).map(([name, all]) => [name, rows(all, from, to)]));
    return { batch: shard, samples: sampleCount(shard) };
  });
}

function rows({ shape, data }: PlainTensor, from: number, to: number): PlainTensor {
  const [length, ...rest] = shape as [number, ...number[]];
  const [first, last] = [Math.round(from * length), Math.round(to * length)];
  const perRow = data.length / length;
  return { shape: [last - first, ...rest], data: data.slice(first * perRow, last * perRow) };
}

/** Scales weights to a sum of 1. */
export function toShares(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/**
 * `sum of share * array`, in this order and in double precision, so that the same parts always give the same sum. A
 * part with share 0 is ignored, even NaN.
 */
export function weightedSum(arrays: readonly Float32Array[], shares: readonly number[]): Float32Array<ArrayBuffer> {
  const terms = arrays.map((array, index) => ({ array, share: shares[index]! })).filter(({ share }) => share !== 0);
  const sum = new Float32Array(arrays[0]!.length);
  for (let i = 0; i < sum.length; i++) {
    let total = 0;
    for (const { array, share } of terms) total += share * array[i]!;
    sum[i] = total;
  }
  return sum;
}

/** The metrics of a batch from those of its parts. */
export function weightedMetrics(metrics: readonly Metrics[], shares: readonly number[]): Metrics {
  const term = (name: string) => (sum: number, part: Metrics, index: number) =>
    shares[index] === 0 ? sum : sum + shares[index]! * part[name]!;
  return Object.fromEntries(Object.keys(metrics[0]!).map((name) => [name, metrics.reduce(term(name), 0)]));
}

import type { PlainTensor } from '../formats/safetensors.js';
import { sampleCount } from './gradients.js';
import type { Batch } from './learner.js';
import type { Metrics } from './trainer-types.js';

/** A part of a batch whose data are its own. */
export interface Shard {
  batch: Record<string, PlainTensor>;
  samples: number;
}

/**
 * Cuts a batch into parts of consecutive samples, as equal as possible; fewer than asked for when there are fewer
 * samples. Copies.
 */
export function splitBatch(batch: Batch, parts: number): Shard[] {
  const count = Math.min(parts, sampleCount(batch));
  return Array.from({ length: count }, (_, part) => {
    const shard = Object.entries(batch).map(([name, tensor]) => [name, rows(tensor, part / count, (part + 1) / count)]);
    const own = Object.fromEntries(shard) as Record<string, PlainTensor>;
    return { batch: own, samples: sampleCount(own) };
  });
}

function rows({ shape, data }: PlainTensor, from: number, to: number): PlainTensor {
  const [length, ...rest] = shape as [number, ...number[]];
  const [first, last] = [Math.round(from * length), Math.round(to * length)];
  const perRow = data.length / length;
  return { shape: [last - first, ...rest], data: data.slice(first * perRow, last * perRow) };
}

/** Weights that add up to 1. */
export function toShares(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/**
 * `sum of share * array`, in this order and in double precision, so that the same parts always give the same sum. A
 * part without a share may hold anything.
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

/** The metrics of a whole from those of its parts. */
export function weightedMetrics(metrics: readonly Metrics[], shares: readonly number[]): Metrics {
  const names = Object.keys(metrics[0]!);
  const terms = (name: string) =>
    metrics.map((part, index) => (shares[index] === 0 ? 0 : shares[index]! * part[name]!));
  return Object.fromEntries(names.map((name) => [name, terms(name).reduce((sum, term) => sum + term, 0)]));
}

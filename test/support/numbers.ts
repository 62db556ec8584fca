import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../../src/random.js';

/** The largest absolute difference of two equally long lists of numbers; infinite where one is NaN or they differ in length. */
export function largestDifference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < found.length; i++) {
    const difference = Math.abs(found[i]! - expected[i]!);
    largest = difference <= largest ? largest : Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
  }
  return largest;
}

/** Normally distributed numbers, as single precision holds them. */
export function normalNumbers(count: number, seed: number, mean = 0, standardDeviation = 1): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: count }, () => random.normal(mean, standardDeviation));
}

/** A tensor of {@link normalNumbers}. */
export function normalTensor(
  shape: [number, number, number, number],
  seed: number,
  mean?: number,
  standardDeviation?: number,
): tf.Tensor4D;
export function normalTensor(shape: number[], seed: number, mean?: number, standardDeviation?: number): tf.Tensor;
export function normalTensor(shape: number[], seed: number, mean = 0, standardDeviation = 1): tf.Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  return tf.tensor(normalNumbers(count, seed, mean, standardDeviation), shape);
}

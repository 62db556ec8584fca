import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../../src/data/random.js';

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

type SomeShape = [number] | [number, number] | [number, number, number] | [number, number, number, number];

type RankOf<Shape extends SomeShape> = { 1: tf.Rank.R1; 2: tf.Rank.R2; 3: tf.Rank.R3; 4: tf.Rank.R4 }[Shape['length']];

/** A tensor of {@link normalNumbers}. */
export function normalTensor<Shape extends SomeShape>(
  shape: Shape,
  seed: number,
  mean = 0,
  standardDeviation = 1,
): tf.Tensor<RankOf<Shape>> {
  const count = shape.reduce((product, size) => product * size, 1);
  return tf.tensor(normalNumbers(count, seed, mean, standardDeviation), [...shape]);
}

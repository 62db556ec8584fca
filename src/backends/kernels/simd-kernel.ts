import type * as tf from '@tensorflow/tfjs-core';
import type { SimdModule } from './simd-module.js';

/** Tensors by the names that tfjs gives a kernel's inputs; optional ones are missing. */
export type KernelInputs = Readonly<Partial<Record<string, tf.TensorInfo>>>;

/**
 * A kernel of tfjs, done by the module. It answers nothing where it does not take these shapes or attributes; the
 * kernel that was registered before then does the work.
 */
export type SimdKernel = (
  module: SimdModule,
  inputs: KernelInputs,
  attributes: Readonly<Record<string, unknown>>,
) => tf.TensorInfo | tf.TensorInfo[] | undefined;

/** Product of a shape. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, side) => size * side, 1);

import type * as tf from '@tensorflow/tfjs-core';
import type { NamedTensors } from '../networks/plain-tensors.js';

/** What a trainer updates weights with: {@link Adam}, {@link Sgd}, or one of yours whose whole state can be saved and restored. */
export interface Optimiser {
  /** Updates made so far. */
  readonly steps: number;
  /** What it remembers from step to step, by name. Owned by the optimiser. */
  readonly state: NamedTensors;
  /** Moves the variables against their gradients, which stay the caller's. A variable without a gradient stays as it is. */
  apply(gradients: tf.NamedTensorMap, learningRate: number): void;
  /** Continues from a saved `state`. The given tensors stay the caller's. */
  restore(state: NamedTensors, steps: number): void;
  /** Frees what it remembers; the variables stay their network's. */
  dispose(): void;
}

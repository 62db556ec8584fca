import * as tf from '@tensorflow/tfjs-core';
import { computeGradients, readMetrics } from './gradients.js';
import type { Batch, Learner, Settings } from './learner.js';
import type { Metrics } from './trainer-types.js';

/** Uses gradients, which come by the names of their variables and stay the engine's. */
export type UpdateWeights = (gradients: tf.NamedTensorMap) => void;

/** Where a learner's gradients are computed. */
export interface GradientEngine {
  /**
   * Computes the gradients of an objective on a batch, and has the weights updated by them.
   *
   * @returns What the objective tells, on the whole batch.
   */
  step(objective: string, batch: Batch, update: UpdateWeights, settings?: Settings): Promise<Metrics>;
  close(): Promise<void>;
}

/** Computes in the caller's thread. */
export class LocalGradients implements GradientEngine {
  readonly #learner: Learner;

  constructor(learner: Learner) {
    this.#learner = learner;
  }

  async step(objective: string, batch: Batch, update: UpdateWeights, settings: Settings = {}): Promise<Metrics> {
    const { gradients, values, names } = computeGradients(this.#learner, objective, batch, settings);
    try {
      update(gradients);
      // Only now: on a GPU, reading waits for all that was asked before.
      return await readMetrics({ values, names });
    } finally {
      tf.dispose([gradients, values]);
    }
  }

  async close(): Promise<void> {}
}

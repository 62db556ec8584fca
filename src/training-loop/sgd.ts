import * as tf from '@tensorflow/tfjs-core';
import { MomentOptimiser, type Trainable, type WeightUpdate } from './optimiser.js';

/** The settings of stochastic gradient descent. */
export interface SgdConfig {
  /** Share of the last update that is kept: 0.9 for LightCNN. */
  momentum: number;
  /**
   * Share of the weights that is added to their gradients: 1e-4, as LightCNN's authors train; the paper gives none. As
   * there, only for kernels (weights whose name ends in `kernel`), not biases.
   */
  weightDecay: number;
}

/**
 * Stochastic gradient descent with momentum and weight decay, for LightCNN. As in PyTorch, the velocity is multiplied
 * by the current learning rate, not by those of past steps.
 */
export class Sgd extends MomentOptimiser {
  readonly #config: SgdConfig;

  /** @param trained A network, or variables by name. */
  constructor(trained: Trainable, config: SgdConfig) {
    super(trained, ['velocity']);
    this.#config = config;
  }

  protected override update({ name, variable, gradient, moments: [before] }: WeightUpdate, learningRate: number) {
    const { momentum, weightDecay } = this.#config;
    const decay = name.endsWith('kernel') ? weightDecay : 0;
    const pulled = decay === 0 ? gradient : tf.add(gradient, tf.mul(variable, decay));
    const velocity = tf.add(tf.mul(before!, momentum), pulled);
    return [tf.sub(variable, tf.mul(velocity, learningRate)), velocity] as const;
  }
}

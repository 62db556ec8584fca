import * as tf from '@tensorflow/tfjs-core';
import { MomentOptimiser, type Trainable, type WeightUpdate } from './optimiser.js';

/** The settings of stochastic gradient descent. */
export interface SgdConfig {
  /** Share of the last update that the next one keeps: 0.9 for LightCNN. */
  momentum: number;
  /**
   * How strongly weights are pulled to 0, as a share of them that is added to their gradients: 1e-4, what LightCNN's
   * authors train with; the paper gives none. As there, it is for kernels (weights whose name ends in `kernel`), not
   * for biases.
   */
  weightDecay: number;
}

/**
 * Stochastic gradient descent with momentum and weight decay: what LightCNN is trained with. Agrees with PyTorch's,
 * which multiplies by the learning rate of the moment and not by that of each past step.
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

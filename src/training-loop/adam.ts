import * as tf from '@tensorflow/tfjs-core';
import { type AdamStep, adamUpdate, hasFusedOperations } from '../backends/fused-operations.js';
import { MomentOptimiser, type Trainable, type WeightUpdate } from './optimiser.js';

/** Adam's settings. */
export interface AdamConfig {
  /** 0.5 in the paper (section 4.1). */
  beta1: number;
  /** 0.9 in the paper. */
  beta2: number;
  /** 1e-8, PyTorch's default. */
  epsilon: number;
}

/**
 * Adam (Kingma and Ba), as in PyTorch, epsilon included. Unlike tfjs's, which recomputes the powers of its betas, it
 * resumes bit for bit.
 *
 * @example
 * const adam = new Adam(network, { beta1: 0.5, beta2: 0.9, epsilon: 1e-8 });
 */
export class Adam extends MomentOptimiser {
  readonly #config: AdamConfig;

  /** @param trained A network, or variables by name. */
  constructor(trained: Trainable, config: AdamConfig) {
    super(trained, ['first', 'second']);
    this.#config = config;
  }

  protected override update({ variable, gradient, moments }: WeightUpdate, learningRate: number) {
    const { beta1, beta2, epsilon } = this.#config;
    const stepSize = learningRate / (1 - beta1 ** this.steps);
    const step = { beta1, beta2, epsilon, stepSize, correction: Math.sqrt(1 - beta2 ** this.steps) };
    const [first, second] = moments as [tf.Tensor, tf.Tensor];
    return (hasFusedOperations() ? adamUpdate : composedUpdate)({ weights: variable, gradient, first, second }, step);
  }
}

/** What `adamUpdate` does in one pass, composed of tfjs's operations. */
const composedUpdate: typeof adamUpdate = ({ weights, gradient, first, second }, step: AdamStep) => {
  const { beta1, beta2, epsilon, stepSize, correction } = step;
  const newFirst = tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1));
  const newSecond = tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2));
  const denominator = tf.add(tf.div(tf.sqrt(newSecond), correction), epsilon);
  return [tf.sub(weights, tf.mul(tf.div(newFirst, denominator), stepSize)), newFirst, newSecond];
};

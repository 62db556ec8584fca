import * as tf from '@tensorflow/tfjs-core';
import type { Network } from '../networks/network.js';
import type { NamedTensors } from '../networks/plain-tensors.js';
import type { Optimiser } from './optimiser.js';

/** The settings of stochastic gradient descent. */
export interface SgdConfig {
  /** Share of the last update that the next one keeps: 0.9 for LightCNN. */
  momentum: number;
  /**
   * How strongly weights are pulled to 0, as a share of them that is added to their gradients: 1e-4, what LightCNN's authors train with; the paper gives
   * none. As there, it is for kernels (weights whose name ends in `kernel`), not for biases.
   */
  weightDecay: number;
}

/**
 * Stochastic gradient descent with momentum and weight decay: what LightCNN is trained with. Agrees with PyTorch's, which multiplies by the learning
 * rate of the moment and not by that of each past step.
 */
export class Sgd implements Optimiser {
  /** Updates made so far. */
  steps = 0;
  readonly #config: SgdConfig;
  readonly #variables: readonly tf.Variable[];
  readonly #names: readonly string[];
  #velocities: tf.Tensor[];

  /** @param variables What it updates, by a name that is the same in every run. */
  constructor(variables: Readonly<Record<string, tf.Variable>>, config: SgdConfig) {
    this.#config = config;
    this.#names = Object.keys(variables);
    this.#variables = Object.values(variables);
    this.#velocities = this.#variables.map((variable) => tf.keep(tf.zeros(variable.shape)));
  }

  apply(gradients: tf.NamedTensorMap, learningRate: number): void {
    const { momentum, weightDecay } = this.#config;
    this.steps++;
    this.#variables.forEach((variable, index) => {
      const gradient = gradients[variable.name];
      if (!gradient) return;
      const decay = this.#names[index]!.endsWith('kernel') ? weightDecay : 0;
      const before = this.#velocities[index]!;
      this.#velocities[index] = tf.tidy(() => {
        const pulled = decay === 0 ? gradient : tf.add(gradient, tf.mul(variable, decay));
        const velocity = tf.keep(tf.add(tf.mul(before, momentum), pulled));
        variable.assign(tf.sub(variable, tf.mul(velocity, learningRate)));
        return velocity;
      });
      before.dispose();
    });
  }

  /** The velocities by name. Owned by the optimiser. */
  get state(): NamedTensors {
    return Object.fromEntries(this.#names.map((name, index) => [`${name}/velocity`, this.#velocities[index]!]));
  }

  restore(state: NamedTensors, steps: number): void {
    const copies = this.#names.map((name) => tf.keep(tf.clone(state[`${name}/velocity`]!)));
    this.dispose();
    this.#velocities = copies;
    this.steps = steps;
  }

  dispose(): void {
    tf.dispose(this.#velocities);
  }
}

/** Stochastic gradient descent for all that can be trained in a network. */
export function sgdFor(network: Network, config: SgdConfig): Sgd {
  const variables = network.model.trainableWeights.map((weight) => {
    return [weight.originalName, weight.read() as tf.Variable] as const;
  });
  return new Sgd(Object.fromEntries(variables), config);
}

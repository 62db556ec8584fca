import * as tf from '@tensorflow/tfjs-core';
import { type AdamStep, adamUpdate, hasFusedOperations } from '../backends/fused-operations.js';
import type { Network } from '../networks/network.js';
import type { NamedTensors } from '../networks/plain-tensors.js';
import type { Optimiser } from './optimiser.js';

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
 * Adam (Kingma and Ba), whose whole state can be saved and restored: tfjs's own cannot be resumed bit for bit, as it recomputes
 * the powers of its betas. Agrees with PyTorch's, epsilon included.
 */
export class Adam implements Optimiser {
  /** Updates made so far. */
  steps = 0;
  readonly #config: AdamConfig;
  readonly #variables: readonly tf.Variable[];
  readonly #names: readonly string[];
  #first: tf.Tensor[];
  #second: tf.Tensor[];

  /** @param variables What it updates, by a name that is the same in every run. */
  constructor(variables: Readonly<Record<string, tf.Variable>>, config: AdamConfig) {
    this.#config = config;
    this.#names = Object.keys(variables);
    this.#variables = Object.values(variables);
    this.#first = this.#variables.map((variable) => tf.keep(tf.zeros(variable.shape)));
    this.#second = this.#variables.map((variable) => tf.keep(tf.zeros(variable.shape)));
  }

  /** Moves the variables against their gradients, which stay the caller's. A variable without a gradient stays as it is. */
  apply(gradients: tf.NamedTensorMap, learningRate: number): void {
    const { beta1, beta2, epsilon } = this.#config;
    this.steps++;
    const stepSize = learningRate / (1 - beta1 ** this.steps);
    const step = { beta1, beta2, epsilon, stepSize, correction: Math.sqrt(1 - beta2 ** this.steps) };
    const update = hasFusedOperations() ? adamUpdate : composedUpdate;
    this.#variables.forEach((variable, index) => {
      const gradient = gradients[variable.name];
      if (!gradient) return;
      const tensors = { weights: variable, gradient, first: this.#first[index]!, second: this.#second[index]! };
      const [updated, first, second] = update(tensors, step);
      tf.dispose([tensors.first, tensors.second]);
      this.#first[index] = tf.keep(first);
      this.#second[index] = tf.keep(second);
      variable.assign(updated);
      updated.dispose();
    });
  }

  /** The moments by name. Owned by the optimiser. */
  get state(): NamedTensors {
    const entries = this.#names.flatMap((name, index) => [
      [`${name}/first`, this.#first[index]!] as const,
      [`${name}/second`, this.#second[index]!] as const,
    ]);
    return Object.fromEntries(entries);
  }

  /** Continues from a saved {@link Adam.state}. The given tensors stay the caller's. */
  restore(state: NamedTensors, steps: number): void {
    const copies = this.#names.map((name) => [tf.clone(state[`${name}/first`]!), tf.clone(state[`${name}/second`]!)]);
    this.dispose();
    this.#first = copies.map(([first]) => tf.keep(first!));
    this.#second = copies.map(([, second]) => tf.keep(second!));
    this.steps = steps;
  }

  /** Frees the moments; the variables stay their network's. */
  dispose(): void {
    tf.dispose([this.#first, this.#second]);
  }
}

/** Adam for all that can be trained in a network. */
export function adamFor(network: Network, config: AdamConfig): Adam {
  const variables = network.model.trainableWeights.map((weight) => {
    return [weight.originalName, weight.read() as tf.Variable] as const;
  });
  return new Adam(Object.fromEntries(variables), config);
}

/** What `adamUpdate` does in one pass, composed of tfjs's operations. */
const composedUpdate: typeof adamUpdate = ({ weights, gradient, first, second }, step: AdamStep) =>
  tf.tidy(() => {
    const { beta1, beta2, epsilon, stepSize, correction } = step;
    const newFirst = tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1));
    const newSecond = tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2));
    const denominator = tf.add(tf.div(tf.sqrt(newSecond), correction), epsilon);
    return [tf.sub(weights, tf.mul(tf.div(newFirst, denominator), stepSize)), newFirst, newSecond];
  });

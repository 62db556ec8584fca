import * as tf from '@tensorflow/tfjs-core';
import { Network } from '../networks/network.js';
import type { NamedTensors } from '../networks/plain-tensors.js';

/** Updates a trainer's weights: `Adam`, `Sgd`, or your own, with a state that can be saved and restored. */
export interface Optimiser {
  /** Updates made so far. */
  readonly steps: number;
  /** Its tensors by name, such as moments. Owned by the optimiser. */
  readonly state: NamedTensors;
  /** Moves the variables against their gradients, which stay the caller's; those without one stay as they are. */
  apply(gradients: tf.NamedTensorMap, learningRate: number): void;
  /** Continues from a saved `state`, whose tensors stay the caller's. */
  restore(state: NamedTensors, steps: number): void;
  /** Frees its state; the variables stay their network's. */
  dispose(): void;
}

/** What an optimiser updates: a network's trainable weights, or variables by names that are the same in every run. */
export type Trainable = Network | Readonly<Record<string, tf.Variable>>;

/** A variable with its gradient and moments. */
export interface WeightUpdate {
  name: string;
  variable: tf.Variable;
  gradient: tf.Tensor;
  moments: readonly tf.Tensor[];
}

/** An optimiser with moments: some tensors of each variable's shape, zero at first. */
export abstract class MomentOptimiser implements Optimiser {
  steps = 0;
  readonly #momentNames: readonly string[];
  readonly #weights: { name: string; variable: tf.Variable; moments: tf.Tensor[] }[];

  constructor(trained: Trainable, momentNames: readonly string[]) {
    this.#momentNames = momentNames;
    this.#weights = namedVariables(trained).map(([name, variable]) => {
      return { name, variable, moments: momentNames.map(() => tf.keep(tf.zeros(variable.shape))) };
    });
  }

  /** The new value of a variable, and its new moments. Runs inside `tf.tidy`. */
  protected abstract update(
    update: WeightUpdate,
    learningRate: number,
  ): readonly [value: tf.Tensor, ...moments: tf.Tensor[]];

  apply(gradients: tf.NamedTensorMap, learningRate: number): void {
    this.steps++;
    for (const weight of this.#weights) {
      const gradient = gradients[weight.variable.name];
      if (!gradient) continue;
      const [value, ...moments] = tf.tidy(() => [...this.update({ ...weight, gradient }, learningRate)]);
      tf.dispose(weight.moments);
      weight.moments = moments.map((moment) => tf.keep(moment));
      weight.variable.assign(value!);
      value!.dispose();
    }
  }

  get state(): NamedTensors {
    const named = this.#weights.flatMap(({ name, moments }) =>
      moments.map((moment, index) => [`${name}/${this.#momentNames[index]}`, moment] as const),
    );
    return Object.fromEntries(named);
  }

  restore(state: NamedTensors, steps: number): void {
    const copies = this.#weights.map(({ name }) =>
      this.#momentNames.map((moment) => tf.keep(tf.clone(state[`${name}/${moment}`]!))),
    );
    this.dispose();
    this.#weights.forEach((weight, index) => {
      weight.moments = copies[index]!;
    });
    this.steps = steps;
  }

  dispose(): void {
    for (const { moments } of this.#weights) tf.dispose(moments);
  }
}

function namedVariables(trained: Trainable): (readonly [string, tf.Variable])[] {
  if (!(trained instanceof Network)) return Object.entries(trained);
  return trained.model.trainableWeights.map((weight) => [weight.originalName, weight.read() as tf.Variable] as const);
}

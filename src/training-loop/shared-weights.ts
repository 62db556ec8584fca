import * as tf from '@tensorflow/tfjs-core';
import type { Learner } from './learner.js';
import { weightedSum } from './shards.js';

interface SharedWeight {
  /** With the network's: `network/stem_conv/kernel`. */
  name: string;
  variable: tf.Variable;
  /** False for BatchNorm's statistics. */
  isTrainable: boolean;
  /** Index of its first number in an area. */
  offset: number;
}

/**
 * Memory that a learner shares with its copies in worker threads: an area with all weights and, for each part of a
 * batch, an area of the same layout for the part's gradients and BatchNorm statistics.
 */
export class SharedWeights {
  readonly #weights: readonly SharedWeight[];
  readonly #areas: Float32Array<SharedArrayBuffer>[];

  /** @param buffer Made by {@link allocateSharedWeights} for a learner of the same configuration. */
  constructor(learner: Learner, buffer: SharedArrayBuffer) {
    this.#weights = layOut(learner);
    const length = lengthOf(this.#weights);
    const count = buffer.byteLength / (length * Float32Array.BYTES_PER_ELEMENT);
    this.#areas = Array.from({ length: count }, (_, area) => {
      return new Float32Array(buffer, area * length * Float32Array.BYTES_PER_ELEMENT, length);
    });
  }

  /** Names and shapes, the same in every thread. */
  get layout(): string {
    return this.#weights.map(({ name, variable }) => `${name}[${variable.shape}]`).join();
  }

  /** Writes the learner's weights for the threads. */
  async publish(): Promise<void> {
    const [area] = this.#areas;
    for (const { variable, offset } of this.#weights) area!.set(await variable.data<'float32'>(), offset);
  }

  /** Loads the published weights. */
  load(): void {
    const [area] = this.#areas;
    for (const { variable, offset } of this.#weights) assign(variable, area!.slice(offset, offset + variable.size));
  }

  /** Writes a part's gradients (0 where a variable has none) and statistics. */
  async writePart(part: number, gradients: tf.NamedTensorMap): Promise<void> {
    const area = this.#areas[part + 1]!;
    for (const { variable, isTrainable, offset } of this.#weights) {
      const source = isTrainable ? gradients[variable.name] : variable;
      if (source) area.set(await source.data<'float32'>(), offset);
      else area.fill(0, offset, offset + variable.size);
    }
  }

  /** The names of the weights that have a gradient. */
  namesIn(gradients: tf.NamedTensorMap): string[] {
    return this.#weights.filter(({ variable }) => gradients[variable.name]).map(({ name }) => name);
  }

  /** The gradients of the whole batch, by their variables' names. The caller disposes them. */
  combineGradients(names: ReadonlySet<string>, shares: readonly number[]): tf.NamedTensorMap {
    const named = this.#weights.filter(({ name }) => names.has(name));
    return Object.fromEntries(
      named.map((weight) => [weight.variable.name, tf.tensor(this.#combine(weight, shares), weight.variable.shape)]),
    );
  }

  /** Sets BatchNorm's statistics to those of the whole batch. */
  combineStatistics(shares: readonly number[]): void {
    for (const weight of this.#weights) {
      if (!weight.isTrainable) assign(weight.variable, this.#combine(weight, shares));
    }
  }

  #combine({ variable, offset }: SharedWeight, shares: readonly number[]): Float32Array {
    const parts = shares.map((_, part) => this.#areas[part + 1]!.subarray(offset, offset + variable.size));
    return weightedSum(parts, shares);
  }
}

/** Memory for a learner and a number of parts of a batch. */
export function allocateSharedWeights(learner: Learner, parts: number): SharedArrayBuffer {
  return new SharedArrayBuffer((1 + parts) * lengthOf(layOut(learner)) * Float32Array.BYTES_PER_ELEMENT);
}

function layOut(learner: Learner): SharedWeight[] {
  let offset = 0;
  return Object.entries(learner.networks).flatMap(([networkName, network]) => {
    const trainable = new Set<tf.Tensor>(network.trainableVariables);
    return Object.entries(network.weights).map(([key, weight]) => {
      const [name, variable] = [`${networkName}/${key}`, weight as tf.Variable];
      offset += weight.size;
      return { name, variable, isTrainable: trainable.has(weight), offset: offset - weight.size };
    });
  });
}

function lengthOf(weights: readonly SharedWeight[]): number {
  const last = weights.at(-1)!;
  return last.offset + last.variable.size;
}

function assign(variable: tf.Variable, values: Float32Array): void {
  tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
}

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { DisposedError, InvalidArgumentError, WeightsMismatchError } from '../errors.js';
import { loadNetwork, saveNetwork } from './network-io.js';

/** Weights by name, for example `encoder1_block2_conv1/kernel`. */
export type NamedTensors = Record<string, tf.Tensor>;

/** How a network runs. */
export interface ApplyOptions {
  /**
   * Whether BatchNorm uses this batch's statistics, and learns from them. Off by default: a frozen network must be called without.
   */
  training?: boolean;
}

/**
 * The base of the paper's networks: a tfjs-layers model built from a configuration that is kept and saved with the weights.
 *
 * Subclasses describe the layers in `build()`. It is called by this constructor, before the subclass's own fields exist: it may
 * use `this.config` and methods, nothing else.
 */
export abstract class Network<Config extends object = object> {
  /** Names the network in files: only the same kind can be loaded. A subclass whose weights differ has its own. */
  static readonly kind: string;
  /** The configuration with every default filled in. */
  readonly config: Readonly<Config>;
  readonly model: LayersModel;
  #disposed = false;

  constructor(config: Config) {
    this.config = config;
    this.model = this.build();
  }

  /**
   * Loads what {@link Network.save} wrote, configuration included.
   *
   * @throws WeightsMismatchError when it was another kind of network's, WeightsCorruptError when it is not readable.
   */
  static load<Made extends Network>(
    // biome-ignore lint/suspicious/noExplicitAny: each network has a configuration of its own.
    this: (new (config: any) => Made) & { readonly kind: string },
    handler: tf.io.IOHandler,
  ): Promise<Made> {
    // biome-ignore lint/complexity/noThisInStatic: a subclass loads as itself.
    return loadNetwork(handler, this);
  }

  /** Saves the weights and the configuration through a tfjs IO handler. */
  save(handler: tf.io.IOHandler): Promise<tf.io.SaveResult> {
    return saveNetwork(this, handler);
  }

  /** The kind of this network: {@link Network.kind} of its class. */
  get kind(): string {
    return (this.constructor as typeof Network).kind;
  }

  /** Describes the layers. Name each layer, so that its weights have stable names. */
  protected abstract build(): LayersModel;

  /**
   * Runs the network on a batch. The caller disposes the result.
   *
   * @param input One tensor, or one for each of the network's inputs.
   * @throws InvalidArgumentError when the inputs' number or shapes are not the network's; DisposedError after `dispose()`.
   */
  apply(input: tf.Tensor | tf.Tensor[], { training = false }: ApplyOptions = {}): tf.Tensor {
    if (this.#disposed) throw new DisposedError(`This ${this.constructor.name} was disposed; create or load another.`);
    this.#assertInputs(Array.isArray(input) ? input : [input]);
    return tf.tidy(() => this.model.apply(input, { training }) as tf.Tensor);
  }

  #assertInputs(given: tf.Tensor[]): void {
    const name = this.constructor.name;
    const { inputs } = this.model;
    if (given.length !== inputs.length) {
      throw new InvalidArgumentError(
        `${name} takes ${inputs.length} input(s), got ${given.length}. Give one tensor for each.`,
      );
    }
    inputs.forEach(({ shape: [, ...expected] }, index) => {
      const { shape } = given[index]!;
      if (expected.join() !== shape.slice(1).join()) {
        throw new InvalidArgumentError(
          `${name} takes [faces, ${expected.join(', ')}], got [${shape.join(', ')}]. Resize the images, or give the network another inputSize.`,
        );
      }
    });
    const faces = given.map(({ shape }) => shape[0]);
    if (new Set(faces).size > 1) {
      throw new InvalidArgumentError(`${name}'s inputs must be of as many faces each, got ${faces.join(' and ')}.`);
    }
  }

  /** What an optimiser may change, in a fixed order. */
  get trainableVariables(): tf.Variable[] {
    return this.model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  }

  /** Every weight by name, BatchNorm's running statistics included. Owned by the network: do not dispose them. */
  get weights(): NamedTensors {
    return Object.fromEntries(this.model.weights.map((weight) => [weight.originalName, weight.read()]));
  }

  /**
   * Overwrites every weight. The given tensors stay the caller's.
   *
   * @throws WeightsMismatchError naming the first weight that is missing, left over or of another shape; nothing is changed then.
   */
  setWeights(weights: NamedTensors): void {
    const own = this.model.weights;
    const names = new Set(own.map((weight) => weight.originalName));
    const unknown = Object.keys(weights).find((name) => !names.has(name));
    if (unknown) this.#mismatch(`have a weight "${unknown}" that the network lacks`);
    for (const weight of own) {
      const given = weights[weight.originalName];
      if (!given) this.#mismatch(`lack "${weight.originalName}"`);
      if (given.shape.join() !== weight.shape.join()) {
        this.#mismatch(`have "${weight.originalName}" of [${given.shape.join(', ')}] for [${weight.shape.join(', ')}]`);
      }
    }
    tf.tidy(() => {
      for (const weight of own) weight.write(weights[weight.originalName]!);
    });
  }

  #mismatch(what: string): never {
    throw new WeightsMismatchError(
      `The weights ${what}: they are of another network than this ${this.constructor.name} (${JSON.stringify(this.config)}).`,
    );
  }

  /** Number of weights, the untrained statistics of BatchNorm included. */
  get parameterCount(): number {
    return this.model.countParams();
  }

  /** Frees the weights. */
  dispose(): void {
    if (!this.#disposed) this.model.dispose();
    this.#disposed = true;
  }

  /** Frees the weights at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.dispose();
  }
}

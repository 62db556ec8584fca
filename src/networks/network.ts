import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { DisposedError, InvalidArgumentError, WeightsMismatchError } from '../errors.js';
import { decodeWeightsFile, encodeWeightsFile } from '../formats/weights-file.js';
import { disposeOnError } from './dispose-on-error.js';
import { downloadTensors, type NamedTensors, uploadTensors } from './plain-tensors.js';

/** Options of {@link Network.apply}. */
export interface ApplyOptions {
  /** Whether BatchNorm uses and learns this batch's statistics. Off by default, as a frozen network needs it. */
  training?: boolean;
}

/**
 * The base of the paper's networks: a tfjs-layers model built from a configuration, which is saved with the weights.
 * Subclasses describe the layers in `build()`. This constructor calls it before the subclass's fields exist, so it may
 * use `this.config` and methods only.
 */
export abstract class Network<Config extends object = object> {
  /** Names the network in files: only the same kind can be loaded. Subclasses whose weights differ need their own. */
  static readonly kind: string;
  /** The configuration, defaults filled in. */
  readonly config: Readonly<Config>;
  readonly model: LayersModel;
  #disposed = false;

  constructor(config: Config) {
    this.config = config;
    this.model = this.build();
  }

  /**
   * Makes a network from the content of a weights file and the configuration in it. The backend must have started; the
   * caller disposes the network.
   *
   * @param file From {@link Network.save} or a trainer. In Node `readWeights(path)` reads it; `loadFromHandler` gets it
   *   from IndexedDB or another tfjs IO handler.
   * @throws WeightsMismatchError when the file is of another kind of network, or its weights do not fit its
   *   configuration; WeightsCorruptError when it is truncated or damaged. No tensors remain then.
   * @example
   * const generator = HighToLowGenerator.load(await readWeights('run/high-to-low-generator.safetensors'));
   */
  static load<Made extends Network>(
    // biome-ignore lint/suspicious/noExplicitAny: each network has a configuration of its own.
    this: (new (config: any) => Made) & { readonly kind: string },
    file: Uint8Array,
  ): Made {
    // biome-ignore-start lint/complexity/noThisInStatic: a subclass loads as itself.
    const { config, tensors } = decodeWeightsFile(file, this.kind);
    const network = new this(config);
    // biome-ignore-end lint/complexity/noThisInStatic: as above.
    return disposeOnError({ network }, () => {
      tf.tidy(() => network.setWeights(uploadTensors(tensors)));
      return network;
    });
  }

  /**
   * The weights and configuration as the content of a safetensors file, for {@link Network.load} and
   * `createLandmarkDetector({ weights })`.
   *
   * @param precision `F16` (default) halves the file; `F32` keeps every bit.
   * @throws DisposedError after `dispose()`.
   */
  async save(precision: 'F16' | 'F32' = 'F16'): Promise<Uint8Array> {
    this.#assertUsable();
    const tensors = await downloadTensors(this.weights);
    return encodeWeightsFile({ network: this.kind, config: this.config, tensors }, precision);
  }

  /** {@link Network.kind} of its class. */
  get kind(): string {
    return (this.constructor as typeof Network).kind;
  }

  /** Describes the layers. Name each, so that weights have stable names. */
  protected abstract build(): LayersModel;

  /**
   * Runs the network on a batch. The caller disposes the result.
   *
   * @param input One tensor, or one for each of the network's inputs.
   * @throws InvalidArgumentError when the inputs' number or shapes are not the network's; DisposedError after
   *   `dispose()`.
   */
  apply(input: tf.Tensor | tf.Tensor[], { training = false }: ApplyOptions = {}): tf.Tensor {
    this.#assertUsable();
    this.#assertInputs(Array.isArray(input) ? input : [input]);
    return tf.tidy(() => this.model.apply(input, { training }) as tf.Tensor);
  }

  #assertUsable(): void {
    if (this.#disposed) throw new DisposedError(`This ${this.constructor.name} was disposed; create or load another.`);
  }

  #assertInputs(given: tf.Tensor[]): void {
    const name = this.constructor.name;
    const { inputs } = this.model;
    if (given.length !== inputs.length) {
      throw new InvalidArgumentError(`${name} takes ${inputs.length} input(s), got ${given.length} tensor(s).`);
    }
    inputs.forEach(({ shape: [, ...expected] }, index) => {
      const { shape } = given[index]!;
      if (expected.join() !== shape.slice(1).join()) {
        throw new InvalidArgumentError(
          `${name} takes [faces, ${expected.join(', ')}], got [${shape.join(', ')}]. ` +
            'Resize the images, or give the network another inputSize.',
        );
      }
    });
    const faces = given.map(({ shape }) => shape[0]);
    if (new Set(faces).size > 1) {
      throw new InvalidArgumentError(`${name}'s inputs must have equally many faces, got ${faces.join(' and ')}.`);
    }
  }

  /** The trainable weights, in a fixed order. */
  get trainableVariables(): tf.Variable[] {
    return this.model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  }

  /** Every weight by name, BatchNorm's running statistics included. The network owns them: do not dispose them. */
  get weights(): NamedTensors {
    return Object.fromEntries(this.model.weights.map((weight) => [weight.originalName, weight.read()]));
  }

  /**
   * Overwrites every weight. The given tensors stay the caller's.
   *
   * @throws WeightsMismatchError naming the first weight that is missing, unknown or of another shape; nothing is
   *   changed then.
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
    const network = `${this.constructor.name} (${JSON.stringify(this.config)})`;
    throw new WeightsMismatchError(`The weights ${what}: they are of another network than this ${network}.`);
  }

  /** Number of weights, BatchNorm's running statistics included. */
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

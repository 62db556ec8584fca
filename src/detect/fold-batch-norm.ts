import { WeightsMismatchError } from '../errors.js';
import type { PlainTensor } from '../formats/safetensors.js';
import type { NetworkWeights } from '../formats/weights-file.js';
import { BATCH_NORM_EPSILON } from '../networks/architecture.js';

/** A convolution, BatchNorm folded in: `kernel` is `[height, width, in, out]`, `bias` `[out]`. */
export interface FoldedConvolution {
  kernel: PlainTensor;
  bias: PlainTensor;
}

/** Reads a network's weights by name, and detects those left over. */
export class WeightReader {
  readonly #tensors: NetworkWeights['tensors'];
  readonly #unread: Set<string>;

  constructor({ tensors }: NetworkWeights) {
    this.#tensors = tensors;
    this.#unread = new Set(Object.keys(tensors));
  }

  /** A convolution with a bias and no BatchNorm. */
  convolution(name: string, shape: readonly number[]): FoldedConvolution {
    return { kernel: this.#read(`${name}/kernel`, shape), bias: this.#read(`${name}/bias`, shape.slice(3)) };
  }

  /**
   * A convolution without bias and its BatchNorm: `gamma (conv(x) - mean) / sqrt(variance + epsilon) + beta` is a
   * convolution with a scaled kernel and a bias.
   */
  normalizedConvolution(convolution: string, norm: string, shape: readonly number[]): FoldedConvolution {
    const kernel = this.#read(`${convolution}/kernel`, shape);
    const [gamma, beta, mean, variance] = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map(
      (statistic) => this.#read(`${norm}/${statistic}`, shape.slice(3)).data,
    ) as [Float32Array, Float32Array, Float32Array, Float32Array];
    const scale = gamma.map((gain, channel) => gain / Math.sqrt(variance[channel]! + BATCH_NORM_EPSILON));
    return {
      kernel: { shape: kernel.shape, data: kernel.data.map((value, i) => value * scale[i % scale.length]!) },
      bias: { shape: shape.slice(3), data: beta.map((shift, channel) => shift - mean[channel]! * scale[channel]!) },
    };
  }

  /** @throws WeightsMismatchError when weights are left over: they are another network's. */
  assertAllRead(): void {
    const [left] = this.#unread;
    if (left !== undefined) {
      throw new WeightsMismatchError(
        `The weights have a "${left}" that their own configuration does not: save them again.`,
      );
    }
  }

  #read(name: string, shape: readonly number[]): PlainTensor {
    const tensor = this.#tensors[name];
    if (tensor?.shape.join() !== shape.join()) {
      throw new WeightsMismatchError(
        `The weights' "${name}" is ${tensor ? `[${tensor.shape.join(', ')}]` : 'missing'} where their configuration asks for [${shape.join(', ')}]: save them again.`,
      );
    }
    this.#unread.delete(name);
    return tensor;
  }
}

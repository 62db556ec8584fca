import { initializers, layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { Random } from '../random.js';
import { BatchNorm } from './batch-norm.js';
import { ReLU } from './relu.js';

/** Makes and names the layers of one network, each with its own seed drawn from the network's. */
export class LayerFactory {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  /** A seed for the initial weights of the next layer. */
  protected nextSeed(): number {
    return this.#random.integer(1, 2 ** 31 - 1);
  }

  /** A convolution of stride 1 that keeps the size, with He initialisation, for ReLU. */
  convolution(x: SymbolicTensor, name: string, filters: number, kernelSize: number, useBias: boolean): SymbolicTensor {
    const kernelInitializer = initializers.heNormal({ seed: this.nextSeed() });
    const layer = layers.conv2d({ name, filters, kernelSize, padding: 'same', useBias, kernelInitializer });
    return layer.apply(x) as SymbolicTensor;
  }

  /**
   * A linear convolution, 1x1 by default, to a network's output. Tiny initial weights (standard deviation 0.001, as in
   * Simple Baselines for pose estimation) start training at outputs near zero, whatever the features' scale.
   */
  outputConvolution(x: SymbolicTensor, name: string, filters: number, kernelSize = 1): SymbolicTensor {
    const kernelInitializer = initializers.randomNormal({ stddev: 0.001, seed: this.nextSeed() });
    return layers.conv2d({ name, filters, kernelSize, padding: 'same', kernelInitializer }).apply(x) as SymbolicTensor;
  }

  /** A fully connected layer; LeCun initialisation keeps the variance of the inputs. */
  dense(x: SymbolicTensor, name: string, units: number): SymbolicTensor {
    const kernelInitializer = initializers.leCunNormal({ seed: this.nextSeed() });
    return layers.dense({ name, units, kernelInitializer }).apply(x) as SymbolicTensor;
  }

  /** Batch normalisation over all but the channels. */
  batchNorm(x: SymbolicTensor, name: string): SymbolicTensor {
    return new BatchNorm({ name }).apply(x) as SymbolicTensor;
  }

  /** max(0, x). */
  relu(x: SymbolicTensor, name: string): SymbolicTensor {
    return new ReLU({ name }).apply(x) as SymbolicTensor;
  }

  /** conv3x3 - BN - ReLU. */
  convolutionUnit(x: SymbolicTensor, name: string, filters: number): SymbolicTensor {
    const convolved = this.convolution(x, `${name}_conv`, filters, 3, false);
    return this.relu(this.batchNorm(convolved, `${name}_norm`), `${name}_relu`);
  }

  /**
   * The residual block of G1 and G2, and with spectral normalisation of D1 and D3: conv3x3 - BN - ReLU - conv3x3 - BN,
   * plus the input (through a 1x1 convolution where the number of channels changes), then ReLU.
   */
  residualBlock(x: SymbolicTensor, name: string, filters: number): SymbolicTensor {
    const first = this.convolution(x, `${name}_conv1`, filters, 3, false);
    const hidden = this.relu(this.batchNorm(first, `${name}_norm1`), `${name}_relu1`);
    const second = this.batchNorm(this.convolution(hidden, `${name}_conv2`, filters, 3, false), `${name}_norm2`);
    const identity = x.shape[3] === filters ? x : this.convolution(x, `${name}_identity`, filters, 1, true);
    const sum = layers.add({ name: `${name}_add` }).apply([second, identity]) as SymbolicTensor;
    return this.relu(sum, `${name}_relu2`);
  }

  /** Halves the size by max-pooling. */
  maxPool(x: SymbolicTensor, name: string): SymbolicTensor {
    return layers.maxPooling2d({ name, poolSize: 2, strides: 2 }).apply(x) as SymbolicTensor;
  }

  /** Doubles the size by repeating pixels. */
  upsample(x: SymbolicTensor, name: string): SymbolicTensor {
    return layers.upSampling2d({ name, size: [2, 2] }).apply(x) as SymbolicTensor;
  }

  /** Features of one size, concatenated by channel. */
  concatenate(features: readonly SymbolicTensor[], name: string): SymbolicTensor {
    return layers.concatenate({ name }).apply([...features]) as SymbolicTensor;
  }

  /** The sum of two features of one shape. */
  add(x: SymbolicTensor, y: SymbolicTensor, name: string): SymbolicTensor {
    return layers.add({ name }).apply([x, y]) as SymbolicTensor;
  }
}

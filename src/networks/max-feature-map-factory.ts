import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { LayerFactory } from './layer-factory.js';
import { MaxConvolution } from './max-convolution.js';
import { MaxFeatureMap } from './max-feature-map.js';

/** Makes the layers of LightCNN: convolutions and dense layers with twice the outputs, halved by a max-feature-map. */
export class MaxFeatureMapFactory extends LayerFactory {
  readonly #residualBlocks: number;

  /** @param residualBlocks Their number in the network. */
  constructor(seed: number, residualBlocks: number) {
    super(seed);
    this.#residualBlocks = residualBlocks;
  }

  /**
   * A convolution of stride 1 that keeps the size, and a max-feature-map.
   *
   * @param gain Scales the initial weights' variance. With 1 (LeCun et al., as LightCNN's authors) features keep their
   *   mean square: the larger of two independent normal numbers has that of either.
   */
  maxConvolution(x: SymbolicTensor, name: string, filters: number, kernelSize: number, gain = 1): SymbolicTensor {
    return new MaxConvolution({ name, filters, kernelSize, gain, seed: this.nextSeed() }).apply(x) as SymbolicTensor;
  }

  /** A fully connected layer and a max-feature-map. */
  maxDense(x: SymbolicTensor, name: string, units: number): SymbolicTensor {
    return new MaxFeatureMap({ name: `${name}_max` }).apply(this.dense(x, name, 2 * units)) as SymbolicTensor;
  }

  /**
   * Two 3x3 convolutions with max-feature-maps, plus the input. Without BatchNorm the sum over blocks must not grow
   * with their number: the second convolution's initial weights are divided by its root.
   */
  override residualBlock(x: SymbolicTensor, name: string, filters: number): SymbolicTensor {
    const hidden = this.maxConvolution(x, `${name}_conv1`, filters, 3);
    const residual = this.maxConvolution(hidden, `${name}_conv2`, filters, 3, 1 / this.#residualBlocks);
    return this.add(residual, x, `${name}_add`);
  }
}

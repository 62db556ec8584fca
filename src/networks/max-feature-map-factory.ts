import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { LayerFactory } from './layer-factory.js';
import { MaxConvolution } from './max-convolution.js';
import { MaxFeatureMap } from './max-feature-map.js';

/**
 * Makes the layers of LightCNN: each convolution and dense layer has twice the outputs, of which a max-feature-map
 * leaves half.
 */
export class MaxFeatureMapFactory extends LayerFactory {
  readonly #residualBlocks: number;

  /** @param residualBlocks How many the network has in all. */
  constructor(seed: number, residualBlocks: number) {
    super(seed);
    this.#residualBlocks = residualBlocks;
  }

  /**
   * A convolution of stride 1 that keeps the size, and a max-feature-map.
   *
   * @param gain Of its initial weights' variance. At 1 (LeCun et al., what LightCNN's authors begin with too) features
   *   keep their mean square: the larger of two independent normal numbers has that of either.
   */
  maxConvolution(x: SymbolicTensor, name: string, filters: number, kernelSize: number, gain = 1): SymbolicTensor {
    return new MaxConvolution({ name, filters, kernelSize, gain, seed: this.nextSeed() }).apply(x) as SymbolicTensor;
  }

  /** A fully connected layer and a max-feature-map. */
  maxDense(x: SymbolicTensor, name: string, units: number): SymbolicTensor {
    return new MaxFeatureMap({ name: `${name}_max` }).apply(this.dense(x, name, 2 * units)) as SymbolicTensor;
  }

  /**
   * Two 3x3 convolutions with max-feature-maps, plus the input. There is no BatchNorm, so the sum of all blocks must
   * not grow with their number: the second convolution's initial weights are smaller by its root.
   */
  override residualBlock(x: SymbolicTensor, name: string, filters: number): SymbolicTensor {
    const hidden = this.maxConvolution(x, `${name}_conv1`, filters, 3);
    const residual = this.maxConvolution(hidden, `${name}_conv2`, filters, 3, 1 / this.#residualBlocks);
    return this.add(residual, x, `${name}_add`);
  }
}

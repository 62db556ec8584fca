import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { LayerFactory } from './layer-factory.js';
import { SpectralConvolution, SpectralDense } from './spectral-norm.js';

/**
 * Makes the layers of D1 and D3 (section 3.1): spectral normalisation on every convolution and dense layer, and no
 * BatchNorm, so that the blocks of {@link LayerFactory} can be built without either knowing of the other.
 */
export class SpectralLayerFactory extends LayerFactory {
  /** Always with a bias: no BatchNorm follows that would shift the features. */
  override convolution(x: SymbolicTensor, name: string, filters: number, kernelSize: number): SymbolicTensor {
    return new SpectralConvolution({ name, filters, kernelSize, seed: this.nextSeed() }).apply(x) as SymbolicTensor;
  }

  override dense(x: SymbolicTensor, name: string, units: number): SymbolicTensor {
    return new SpectralDense({ name, units, seed: this.nextSeed() }).apply(x) as SymbolicTensor;
  }

  /** Nothing: the discriminators have none. */
  override batchNorm(x: SymbolicTensor): SymbolicTensor {
    return x;
  }
}

import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { LayerFactory } from './layer-factory.js';
import { SpectralConvolution, SpectralDense } from './spectral-norm.js';

/**
 * Makes the layers of D1 and D3 (section 3.1): the blocks of {@link LayerFactory}, with spectral normalisation on every
 * convolution and dense layer, and without BatchNorm.
 */
export class SpectralLayerFactory extends LayerFactory {
  /** Always with a bias, since no BatchNorm shifts the features. */
  override convolution(x: SymbolicTensor, name: string, filters: number, kernelSize: number): SymbolicTensor {
    return new SpectralConvolution({ name, filters, kernelSize, seed: this.nextSeed() }).apply(x) as SymbolicTensor;
  }

  override dense(x: SymbolicTensor, name: string, units: number): SymbolicTensor {
    return new SpectralDense({ name, units, seed: this.nextSeed() }).apply(x) as SymbolicTensor;
  }

  /** The identity. */
  override batchNorm(x: SymbolicTensor): SymbolicTensor {
    return x;
  }
}

/** The kernels of `assembly/`, as they are called from here: addresses and sizes are numbers, booleans 0 or 1. */
export interface SimdExports {
  rectifierGradient: Kernel;
  adam: Kernel;
  batchMoments: Kernel;
  batchNormalize: Kernel;
  batchNormGradient: Kernel;
  convolution: Kernel;
  convolutionFilterGradient: Kernel;
  convolutionInputGradient: Kernel;
  convolutionWorkspace: Size;
  matrixProduct: Kernel;
  matrixProductWorkspace: Size;
  maxPoolGradient: Kernel;
  upsample: Kernel;
  upsampleGradient: Kernel;
  winogradConvolution: Kernel;
  winogradFilter: Kernel;
  winogradFilterGradient: Kernel;
  winogradFilterGradientWorkspace: Size;
  winogradFilterSize: Size;
  winogradFlippedFilter: Kernel;
  winogradWorkspace: Size;
}

type Kernel = (...args: number[]) => void;
type Size = (...args: number[]) => number;

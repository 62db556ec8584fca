export { rectifierGradient } from './activations';
export { adam } from './adam';
export { batchMoments, batchNormalize, batchNormGradient } from './batch-norm';
export {
  convolution,
  convolutionFilterGradient,
  convolutionInputGradient,
  convolutionWorkspace,
} from './convolution';
export { matrixProduct, matrixProductWorkspace } from './matrix-product';
export { maxPoolGradient } from './max-pool';
export { upsample, upsampleGradient } from './upsampling';
export {
  winogradConvolution,
  winogradFilter,
  winogradFilterGradient,
  winogradFilterGradientWorkspace,
  winogradFilterSize,
  winogradFlippedFilter,
  winogradWorkspace,
} from './winograd';

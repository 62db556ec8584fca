import * as tf from '@tensorflow/tfjs-core';
import type { SimdKernel } from './simd-kernel.js';
import type { SimdModule } from './simd-module.js';

type Shape4D = [number, number, number, number];
type ConvolutionInfo = tf.backend_util.Conv2DInfo;

interface ConvolutionAttributes {
  strides: number | [number, number];
  pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  dataFormat: 'NHWC' | 'NCHW';
  dilations?: number | [number, number];
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** The lower bound that turns `max(x, floor)` into an activation. */
const FLOORS: Readonly<Record<string, number>> = { linear: Number.NEGATIVE_INFINITY, relu: 0 };

/**
 * Conv2D, and FusedConv2D with a bias and ReLU: 3x3 in the Winograd domain. Others are left to XNNPACK, which is as
 * fast there.
 */
export const convolutionKernel: SimdKernel = (module, { x, filter, bias, preluActivationWeights }, attributes) => {
  const { activation = 'linear' } = attributes as { activation?: string };
  const info = convolutionInfo(x!.shape, filter!.shape, attributes as unknown as ConvolutionAttributes);
  const floor = FLOORS[activation];
  if (!info || floor === undefined || preluActivationWeights || !isWinograd(info, info.inChannels, info.outChannels)) {
    return undefined;
  }
  if (bias && bias.shape.join() !== `${info.outChannels}`) return undefined;
  return winograd(module, x!, transformedFilter(module, filter!), bias, floor, info.outChannels);
};

/** Conv2DBackpropInput: the convolution of `dy` with the filter turned round. */
export const convolutionInputGradientKernel: SimdKernel = (module, { dy, filter }, attributes) => {
  const { inputShape } = attributes as unknown as { inputShape: number[] };
  const info = convolutionInfo(inputShape, filter!.shape, attributes as unknown as ConvolutionAttributes);
  if (!info) return undefined;
  const { inChannels, outChannels } = info;
  if (isWinograd(info, outChannels, inChannels)) {
    return winograd(module, dy!, flippedFilter(module, filter!), undefined, FLOORS.linear!, inChannels);
  }
  const { kernels } = module;
  const dx = module.output(inputShape);
  const workspace = module.workspace(kernels.convolutionWorkspace(depthOf(info), outChannels));
  const [from, by, to] = [dy!, filter!, dx].map((tensor) => module.address(tensor)) as [number, number, number];
  kernels.convolutionInputGradient(from, by, to, ...sizesOf(info), workspace);
  return dx;
};

/** Conv2DBackpropFilter. */
export const convolutionFilterGradientKernel: SimdKernel = (module, { x, dy }, attributes) => {
  const { filterShape } = attributes as unknown as { filterShape: number[] };
  const info = convolutionInfo(x!.shape, filterShape, attributes as unknown as ConvolutionAttributes);
  if (!info) return undefined;
  const { batchSize, inHeight, inWidth, inChannels, outChannels } = info;
  const { kernels } = module;
  const dw = module.output(filterShape);
  const [from, by, to] = [x!, dy!, dw].map((tensor) => module.address(tensor)) as [number, number, number];
  if (isWinograd(info, inChannels, outChannels)) {
    const workspace = module.workspace(kernels.winogradFilterGradientWorkspace(inChannels, outChannels));
    kernels.winogradFilterGradient(from, by, to, batchSize, inHeight, inWidth, inChannels, outChannels, workspace);
  } else {
    const workspace = module.workspace(kernels.convolutionWorkspace(depthOf(info), outChannels));
    kernels.convolutionFilterGradient(from, by, to, ...sizesOf(info), workspace);
  }
  return dw;
};

/** Sizes, strides and padding of a convolution, or nothing where the kernels do not take it. */
function convolutionInfo(
  x: number[],
  filter: number[],
  attributes: ConvolutionAttributes,
): ConvolutionInfo | undefined {
  const { strides, pad, dataFormat, dilations = 1, dimRoundingMode } = attributes;
  const isDense = [dilations].flat().every((dilation) => dilation === 1);
  if (dataFormat === 'NCHW' || !isDense) return undefined;
  return tf.backend_util.computeConv2DInfo(x as Shape4D, filter as Shape4D, strides, 1, pad, dimRoundingMode);
}

/** Whether a convolution from so many channels to so many is one for `winogradConvolution`. */
function isWinograd(info: ConvolutionInfo, from: number, to: number): boolean {
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = info;
  return (
    filterHeight === 3 &&
    filterWidth === 3 &&
    strideHeight === 1 &&
    strideWidth === 1 &&
    padInfo.top === 1 &&
    padInfo.left === 1 &&
    info.outHeight === info.inHeight &&
    info.outWidth === info.inWidth &&
    from % 4 === 0 &&
    to % 8 === 0
  );
}

function winograd(
  module: SimdModule,
  x: tf.TensorInfo,
  filter: number,
  bias: tf.TensorInfo | undefined,
  floor: number,
  outputs: number,
): tf.TensorInfo {
  const [batch, height, width, inputs] = x.shape as Shape4D;
  const y = module.output([batch, height, width, outputs]);
  const workspace = module.workspace(module.kernels.winogradWorkspace(inputs, outputs));
  const [from, shift, to] = [module.address(x), bias ? module.address(bias) : 0, module.address(y)];
  module.kernels.winogradConvolution(from, filter, shift, floor, to, batch, height, width, inputs, outputs, workspace);
  return y;
}

/** The filter in the Winograd domain. */
function transformedFilter(module: SimdModule, filter: tf.TensorInfo): number {
  const { kernels } = module;
  const [, , inputs, outputs] = filter.shape as Shape4D;
  return module.derived(filter, 'winograd', kernels.winogradFilterSize(inputs, outputs), (to) => {
    const workspace = module.workspace(kernels.winogradWorkspace(inputs, outputs));
    kernels.winogradFilter(module.address(filter), inputs, outputs, to, workspace);
  });
}

/** The filter of the input's gradient in the Winograd domain. */
function flippedFilter(module: SimdModule, filter: tf.TensorInfo): number {
  const { kernels } = module;
  const [, , inputs, outputs] = filter.shape as Shape4D;
  return module.derived(filter, 'winograd-flipped', kernels.winogradFilterSize(inputs, outputs), (to) => {
    const workspace = module.workspace(kernels.winogradWorkspace(inputs, outputs));
    kernels.winogradFlippedFilter(module.address(filter), inputs, outputs, to, workspace);
  });
}

/** Values under the filter. */
function depthOf({ filterHeight, filterWidth, inChannels }: ConvolutionInfo): number {
  return filterHeight * filterWidth * inChannels;
}

/** What describes a convolution to the kernels of assembly/convolution.ts, in their order. */
function sizesOf(info: ConvolutionInfo): number[] {
  return [
    ...[info.batchSize, info.inHeight, info.inWidth, info.inChannels],
    ...[info.outHeight, info.outWidth, info.outChannels],
    ...[info.filterHeight, info.filterWidth, info.strideHeight, info.strideWidth, info.padInfo.top, info.padInfo.left],
  ];
}

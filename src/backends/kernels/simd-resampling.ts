import * as tf from '@tensorflow/tfjs-core';
import type { SimdKernel } from './simd-kernel.js';

type Shape4D = [number, number, number, number];

interface PoolAttributes {
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** MaxPoolGrad. (tfjs's own sends the gradient to the wrong place where a window's maximum is not positive.) */
export const maxPoolGradientKernel: SimdKernel = (module, { dy, input }, attributes) => {
  const { filterSize, strides, pad, dimRoundingMode } = attributes as unknown as PoolAttributes;
  const shape = input!.shape as Shape4D;
  const info = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  const dx = module.output(shape);
  module.kernels.maxPoolGradient(
    ...[input!, dy!, dx].map((tensor) => module.address(tensor)),
    ...[...shape, info.outHeight, info.outWidth, info.filterHeight, info.filterWidth],
    ...[info.strideHeight, info.strideWidth, info.padInfo.top, info.padInfo.left],
  );
  return dx;
};

/** ResizeNearestNeighbor by whole factors. */
export const upsampleKernel: SimdKernel = (module, { images }, attributes) => {
  const { size, alignCorners } = attributes as unknown as { size: [number, number]; alignCorners: boolean };
  const [batch, height, width, channels] = images!.shape as Shape4D;
  const [factorY, factorX] = [size[0] / height, size[1] / width];
  if (alignCorners || !Number.isInteger(factorY) || !Number.isInteger(factorX)) return undefined;
  const y = module.output([batch, ...size, channels]);
  const [from, to] = [module.address(images!), module.address(y)];
  module.kernels.upsample(from, to, batch * height, width, channels, factorY, factorX);
  return y;
};

/** ResizeNearestNeighborGrad by whole factors. */
export const upsampleGradientKernel: SimdKernel = (module, { images, dy }, attributes) => {
  const [batch, height, width, channels] = images!.shape as Shape4D;
  const [factorY, factorX] = [dy!.shape[1]! / height, dy!.shape[2]! / width];
  if (attributes.alignCorners || !Number.isInteger(factorY) || !Number.isInteger(factorX)) return undefined;
  const dx = module.output(images!.shape);
  const [from, to] = [module.address(dy!), module.address(dx)];
  module.kernels.upsampleGradient(from, to, batch * height, width, channels, factorY, factorX);
  return dx;
};

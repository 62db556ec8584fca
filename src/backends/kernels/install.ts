import * as tf from '@tensorflow/tfjs-core';
import { BackendCapabilityError } from '../../errors.js';
import {
  convolutionFilterGradient,
  convolutionInputGradient,
  type FilterShape,
  hasUnitStride,
} from './convolution-gradients.js';
import { blockSumGradient, isTiled, tiledMaxPoolGradient, type Window } from './resampling-gradients.js';
import { installSimdKernels } from './simd-install.js';

type Kernel = tf.KernelFunc;

/** Backends already corrected: kernels are registered for the whole process, so once is enough. */
const corrected = new Set<string>();
/** The wasm backend that the SIMD kernels were last loaded into; it may have been removed and started again. */
let served: unknown;

/**
 * Replaces the kernels of tfjs that are wrong, missing or far too slow for training on the current backend: by
 * gradients composed of its other kernels, and on `wasm` by the SIMD kernels. Only `wasm` and `cpu` need it; asking
 * again does nothing.
 */
export async function installKernels(backendName: string): Promise<void> {
  if (!corrected.has(backendName)) installComposites(backendName);
  corrected.add(backendName);
  const instance = tf.backend();
  if (backendName !== 'wasm' || served === instance) return;
  served = instance;
  await installSimdKernels();
}

function installComposites(backendName: string): void {
  if (backendName === 'wasm') {
    replace(backendName, 'Conv2DBackpropFilter', filterGradientKernel);
    replace(backendName, 'Conv2DBackpropInput', inputGradientKernel);
    replace(backendName, 'MaxPoolGrad', maxPoolGradientKernel);
    replace(backendName, 'ResizeNearestNeighborGrad', nearestGradientKernel);
  } else if (backendName === 'cpu') {
    replace(backendName, 'Conv2DBackpropFilter', filterGradientKernel);
    replace(backendName, 'ResizeNearestNeighborGrad', nearestGradientKernel);
  }
}

function replace(backendName: string, kernelName: string, make: (stock: Kernel | undefined) => Kernel): void {
  const stock = tf.getKernel(kernelName, backendName);
  if (stock) tf.unregisterKernel(kernelName, backendName);
  // The stock kernel's own set-up stays: a backend that is started again calls it.
  tf.registerKernel({ ...stock, kernelName, backendName, kernelFunc: make(stock?.kernelFunc) });
}

const filterGradientKernel =
  (stock: Kernel | undefined): Kernel =>
  (call) => {
    const { x, dy } = call.inputs as { x: tf.Tensor4D; dy: tf.Tensor4D };
    const attributes = call.attrs as unknown as Parameters<typeof convolutionFilterGradient>[3] & {
      filterShape: FilterShape;
      dataFormat: 'NHWC' | 'NCHW';
    };
    // Channels come first only in an application's own networks, and only cpu has such convolutions.
    return attributes.dataFormat === 'NCHW'
      ? required(stock, 'Conv2DBackpropFilter')(call)
      : convolutionFilterGradient(x, dy, attributes.filterShape, attributes);
  };

const inputGradientKernel =
  (stock: Kernel | undefined): Kernel =>
  (call) => {
    const { dy, filter } = call.inputs as { dy: tf.Tensor4D; filter: tf.Tensor4D };
    const attributes = call.attrs as unknown as Parameters<typeof convolutionInputGradient>[3] & {
      inputShape: number[];
    };
    return stock && !hasUnitStride(attributes.strides)
      ? stock(call)
      : convolutionInputGradient(dy, filter, attributes.inputShape, attributes);
  };

const maxPoolGradientKernel =
  (stock: Kernel | undefined): Kernel =>
  (call) => {
    const { dy, input, output } = call.inputs as { dy: tf.Tensor4D; input: tf.Tensor4D; output: tf.Tensor4D };
    const [window, strides] = [asWindow(call.attrs?.filterSize), asWindow(call.attrs?.strides)];
    if (isTiled(input.shape, window, strides, call.attrs?.pad)) return tiledMaxPoolGradient(input, output, dy, window);
    // The stock kernel is right for positive values, and which value is largest does not change when all are raised
    // alike.
    return tf.tidy(() => {
      const lift = tf.sub(1, tf.min(input));
      const lifted = { ...call.inputs, input: tf.add(input, lift), output: tf.add(output, lift) };
      return required(stock, 'MaxPoolGrad')({ ...call, inputs: lifted }) as tf.Tensor;
    });
  };

const nearestGradientKernel =
  (stock: Kernel | undefined): Kernel =>
  (call) => {
    const { images, dy } = call.inputs as { images: tf.Tensor4D; dy: tf.Tensor4D };
    const factor: Window = [dy.shape[1] / images.shape[1], dy.shape[2] / images.shape[2]];
    if (factor.every(Number.isInteger) && !call.attrs?.alignCorners) return blockSumGradient(dy, factor);
    return gradientImageByImage(required(stock, 'ResizeNearestNeighborGrad'), call, images, dy);
  };

/** cpu's own kernel is right for a batch of one. */
function gradientImageByImage(
  stock: Kernel,
  call: Parameters<Kernel>[0],
  images: tf.Tensor4D,
  dy: tf.Tensor4D,
): tf.Tensor4D {
  return tf.tidy(() => {
    const count = images.shape[0];
    const [one, gradients] = [tf.split(images, count), tf.split(dy, count)];
    return tf.concat(
      gradients.map((gradient, index) => {
        const found = stock({ ...call, inputs: { images: one[index]!, dy: gradient } }) as tf.TensorInfo;
        return tf.engine().makeTensorFromTensorInfo(found) as tf.Tensor4D;
      }),
    );
  });
}

function asWindow(size: unknown): Window {
  return Array.isArray(size) ? [size[0], size[1]] : [size as number, size as number];
}

function required(stock: Kernel | undefined, name: string): Kernel {
  if (!stock) throw new BackendCapabilityError(`This version of tfjs has no kernel ${name}; use version 4.22.`);
  return stock;
}

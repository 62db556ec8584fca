import * as tf from '@tensorflow/tfjs-core';
import { isLowResLandmarksError } from '../../errors.js';
import { hasRelaxedSimd } from './relaxed-simd.js';
import {
  convolutionFilterGradientKernel,
  convolutionInputGradientKernel,
  convolutionKernel,
} from './simd-convolution.js';
import type { KernelInputs, SimdKernel } from './simd-kernel.js';
import { matrixProductKernel } from './simd-matrix-product.js';
import { SimdModule } from './simd-module.js';
import { maxPoolGradientKernel, upsampleGradientKernel, upsampleKernel } from './simd-resampling.js';
import {
  adamKernel,
  batchMomentsKernel,
  batchNormalizeKernel,
  batchNormGradientKernel,
  rectifierGradientKernel,
} from './simd-training.js';

/** Kernels of tfjs that are replaced where the module takes their shapes. */
const replaced: Readonly<Record<string, SimdKernel>> = {
  Conv2D: convolutionKernel,
  FusedConv2D: convolutionKernel,
  Conv2DBackpropInput: convolutionInputGradientKernel,
  Conv2DBackpropFilter: convolutionFilterGradientKernel,
  BatchMatMul: matrixProductKernel,
  _FusedMatMul: matrixProductKernel,
  // tfjs's own copies the values, 800 times in a training step.
  Identity: (module, { x }) => module.share(x!),
  MaxPoolGrad: maxPoolGradientKernel,
  ResizeNearestNeighbor: upsampleKernel,
  ResizeNearestNeighborGrad: upsampleGradientKernel,
};

/** Kernels of our own, called through `fused-operations.ts`. */
const added: Readonly<Record<string, SimdKernel>> = {
  LowResBatchMoments: batchMomentsKernel,
  LowResBatchNormalize: batchNormalizeKernel,
  LowResBatchNormGradient: batchNormGradientKernel,
  LowResRectifierGradient: rectifierGradientKernel,
  LowResAdam: adamKernel,
};

/** Which SIMD kernels the wasm backend runs with. */
export interface SimdState {
  /**
   * `relaxed-simd` multiplies and adds in one instruction; `none` leaves tfjs's own kernels and compositions of them.
   */
  kernels: 'simd' | 'relaxed-simd' | 'none';
  /** Why there are none; empty when there are some. */
  why: string;
}

let loaded: SimdModule | undefined;
let isOn = true;
let state: SimdState = { kernels: 'none', why: "The wasm backend is not in use: call useBackend('wasm')." };

/** Which SIMD kernels the wasm backend runs with. */
export function simdState(): Readonly<SimdState> {
  return isOn ? state : { kernels: 'none', why: 'They were switched off: useBackend(name, { simd: false }).' };
}

/** Whether the current backend runs with the SIMD kernels. */
export function hasSimdKernels(): boolean {
  return isOn && tf.getBackend() === 'wasm' && loaded?.serves(tf.backend()) === true;
}

/** Puts the SIMD kernels to work or out of it; they stay loaded. */
export function switchSimdKernels(on: boolean): void {
  isOn = on;
}

/**
 * Loads the SIMD kernels into the current backend, which is tfjs's wasm, and registers them, once for the process: a
 * backend that is started again gets a module of its own. Where that is not possible the kernels registered before
 * stay, and {@link simdState} says why.
 */
export async function installSimdKernels(): Promise<void> {
  try {
    const kernels = hasRelaxedSimd() ? 'relaxed-simd' : 'simd';
    const { bytes } = await (kernels === 'simd' ? import('./wasm/simd.js') : import('./wasm/relaxed-simd.js'));
    const isFirst = loaded === undefined;
    loaded = await SimdModule.load(tf.backend(), bytes);
    state = { kernels, why: '' };
    if (!isFirst) return;
    for (const [name, kernel] of Object.entries(replaced)) replace(name, kernel);
    for (const [name, kernel] of Object.entries(added)) add(name, kernel);
  } catch (error) {
    if (!isLowResLandmarksError(error) && !(error instanceof WebAssembly.CompileError)) throw error;
    state = { kernels: 'none', why: error.message };
  }
}

function replace(kernelName: string, kernel: SimdKernel): void {
  const before = tf.getKernel(kernelName, 'wasm')!;
  tf.unregisterKernel(kernelName, 'wasm');
  tf.registerKernel({
    ...before,
    kernelFunc: (call) => {
      const inputs = call.inputs as KernelInputs;
      const isTaken =
        isOn &&
        loaded?.serves(call.backend) &&
        Object.values(inputs).every((tensor) => tensor === undefined || isFilledFloat(tensor));
      return (isTaken && kernel(loaded!, inputs, call.attrs ?? {})) || before.kernelFunc(call);
    },
  });
}

function add(kernelName: string, kernel: SimdKernel): void {
  tf.registerKernel({
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => kernel(loaded!, inputs as KernelInputs, attrs ?? {}) as tf.TensorInfo,
  });
}

function isFilledFloat({ dtype, shape }: tf.TensorInfo): boolean {
  return dtype === 'float32' && !shape.includes(0);
}

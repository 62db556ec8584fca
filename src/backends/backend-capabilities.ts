import * as tf from '@tensorflow/tfjs-core';
import { BackendCapabilityError } from '../errors.js';
import { type SimdState, simdState } from './kernels/simd-install.js';

/** What the library can do on a backend. */
export interface BackendCapabilities {
  /** The backend's name in tfjs, such as `wasm`, or `tensorflow` for tfjs-node. */
  backend: string;
  trainable: boolean;
  /** Why it is not trainable, and the remedy; empty when it is. */
  why: string;
  /**
   * This library's kernels in use: SIMD on wasm (`relaxed-simd` has fused multiply-add), `none` elsewhere and where
   * they could not be loaded.
   */
  kernels: SimdState['kernels'];
  /** Why wasm runs without them; otherwise empty. */
  whyNoKernels: string;
}

/** What training needs beyond detection. */
const TRAINING_KERNELS = [
  'Conv2DBackpropFilter',
  'Conv2DBackpropInput',
  'MaxPoolGrad',
  'ResizeNearestNeighborGrad',
  'AvgPool',
  'Step',
  'Rsqrt',
];

/**
 * What a loaded backend, by default the current one, can do. Call `useBackend` first, which adds missing kernels.
 *
 * @example
 * await useBackend('wasm');
 * backendCapabilities().trainable; // true
 */
export function backendCapabilities(backend = tf.getBackend()): BackendCapabilities {
  if (!backend || !tf.findBackendFactory(backend)) {
    const none = { kernels: 'none', whyNoKernels: '' } as const;
    return { backend, trainable: false, ...none, why: `No backend "${backend}" is loaded: call useBackend() first.` };
  }
  const missing = TRAINING_KERNELS.filter((kernel) => !tf.getKernel(kernel, backend));
  const why =
    missing.length === 0
      ? ''
      : `The ${backend} backend has no ${missing.join(', ')}: detection works, for training call useBackend('wasm').`;
  const { kernels, why: whyNoKernels }: SimdState = backend === 'wasm' ? simdState() : { kernels: 'none', why: '' };
  return { backend, trainable: missing.length === 0, why, kernels, whyNoKernels };
}

/** @throws BackendCapabilityError when the current backend cannot train. */
export function assertTrainable(): void {
  const { trainable, why } = backendCapabilities();
  if (!trainable) throw new BackendCapabilityError(why);
}

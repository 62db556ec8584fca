import * as tf from '@tensorflow/tfjs-core';
import { BackendUnavailableError } from '../errors.js';
import { importNativePackage } from './native-package.js';

interface WebGpuModule {
  create(options: string[]): { requestAdapter(): Promise<unknown> };
  globals: Record<string, unknown>;
}

/**
 * Gives Node the WebGPU of the optional npm package `webgpu` (Dawn), before tfjs-backend-webgpu is imported, which
 * registers itself only if `navigator.gpu` exists. Does nothing in browsers.
 *
 * @throws BackendUnavailableError when the package or an adapter is missing; tfjs itself would crash without one.
 */
export async function startWebGpuInNode(): Promise<void> {
  if ((globalThis.navigator as { gpu?: unknown } | undefined)?.gpu) return;
  if (typeof process === 'undefined' || !process.versions?.node) {
    throw new BackendUnavailableError("This browser has no WebGPU. Use 'wasm' or 'webgl'.");
  }
  const needs = `It has binaries for Linux, macOS and Windows on x64 and arm64; this is ${process.platform} on ${process.arch}.`;
  const webgpu = await importNativePackage<WebGpuModule>('webgpu', 'webgpu@0.6.2', needs);
  const gpu = webgpu.create([]);
  if (!(await gpu.requestAdapter())) {
    throw new BackendUnavailableError(
      "No WebGPU adapter was found: is a Vulkan (with its loader, on Debian libvulkan1), Metal or D3D12 driver installed? Use 'wasm' meanwhile.",
    );
  }
  Object.assign(globalThis, webgpu.globals);
  if (!globalThis.navigator) Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true });
  // Dawn crashes when a process ends, by `process.exit()` or an error, during a read from the device.
  process.once('exit', () => {
    const backend = tf.engine().registry.webgpu as { device?: { destroy(): void } } | undefined;
    backend?.device?.destroy();
  });
}

/** @throws BackendUnavailableError when tfjs-backend-webgpu was imported before `navigator.gpu` existed. */
export function assertWebGpuIsRegistered(): void {
  if (tf.findBackendFactory('webgpu')) return;
  throw new BackendUnavailableError(
    "@tensorflow/tfjs-backend-webgpu was imported before Node had WebGPU, and did not register. Leave its import to useBackend('webgpu').",
  );
}

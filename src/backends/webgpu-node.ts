import { BackendUnavailableError } from '../errors.js';

interface WebGpuModule {
  create(options: string[]): { requestAdapter(): Promise<unknown> };
  globals: Record<string, unknown>;
}

/**
 * Gives Node the WebGPU of the optional npm package `webgpu` (Dawn). tfjs-backend-webgpu registers itself only where
 * `navigator.gpu` exists when it is first imported, so this comes before. Does nothing in browsers.
 *
 * @throws BackendUnavailableError when the package is missing or no adapter is found; tfjs itself would crash on that.
 */
export async function startWebGpuInNode(): Promise<void> {
  if ((globalThis.navigator as { gpu?: unknown } | undefined)?.gpu) return;
  if (typeof process === 'undefined' || !process.versions?.node) {
    throw new BackendUnavailableError("This browser has no WebGPU. Use 'wasm' or 'webgl'.");
  }
  const name = 'webgpu';
  let webgpu: WebGpuModule;
  try {
    webgpu = await import(/* @vite-ignore */ /* webpackIgnore: true */ name);
  } catch (error) {
    throw new BackendUnavailableError('WebGPU in Node needs the package webgpu: npm install webgpu@0.6.2', {
      cause: error,
    });
  }
  const gpu = webgpu.create([]);
  if (!(await gpu.requestAdapter())) {
    throw new BackendUnavailableError(
      "No WebGPU adapter was found: is a Vulkan, Metal or D3D12 driver installed? Use 'wasm' meanwhile.",
    );
  }
  Object.assign(globalThis, webgpu.globals);
  if (!globalThis.navigator) Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true });
}

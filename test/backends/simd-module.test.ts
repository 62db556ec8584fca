import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { SimdModule } from '../../src/backends/kernels/simd-module.js';
import { bytes } from '../../src/backends/kernels/wasm/simd.js';
import { useBackend } from '../../src/backends/use-backend.js';
import { BackendCapabilityError } from '../../src/errors.js';

/** A backend as the module expects it, with some parts replaced. */
function backendWith(parts: { memory?: unknown; malloc?: () => number; makeOutput?: unknown } = {}) {
  const { memory = new WebAssembly.Memory({ initial: 1 }), malloc = () => 1024 } = parts;
  return {
    wasm: { asm: { memory }, _malloc: malloc, _free: () => {} },
    dataIdMap: new Map(),
    makeOutput: 'makeOutput' in parts ? parts.makeOutput : () => ({}),
    disposeData: () => true,
    incRef: () => {},
  };
}

describe('the SIMD module', () => {
  it.each([
    { name: 'nothing', backend: undefined },
    { name: 'a backend without a memory', backend: backendWith({ memory: {} }) },
    { name: 'a backend without makeOutput', backend: backendWith({ makeOutput: undefined }) },
  ])('refuses $name, and says which version it knows', async ({ backend }) => {
    const loading = SimdModule.load(backend, bytes);
    await expect(loading).rejects.toThrow(BackendCapabilityError);
    await expect(loading).rejects.toThrow('install version 4.22');
  });

  it('refuses memory shared between threads, with a remedy', async () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    await expect(SimdModule.load(backendWith({ memory }), bytes)).rejects.toThrow('WASM_HAS_MULTITHREAD_SUPPORT');
  });

  it('reports exhausted memory, and works again afterwards', async () => {
    let address = 0;
    const module = await SimdModule.load(backendWith({ malloc: () => address }), bytes);
    expect(() => module.workspace(3 * 2 ** 20)).toThrow('no 3 MB left');
    expect(() => module.derived({ dataId: {}, shape: [], dtype: 'float32' }, 'filter', 8, () => {})).toThrow(
      BackendCapabilityError,
    );
    address = 2048;
    expect(module.workspace(16)).toBe(2048);
  });

  it('imports nothing but memory, and is smaller than 64 kB', async () => {
    const compiled = await WebAssembly.compile(bytes);
    expect(WebAssembly.Module.imports(compiled).map(({ kind }) => kind)).toEqual(['memory']);
    expect(bytes.length).toBeLessThan(64 * 1024);
  });

  it('serves only the backend whose memory it works in', async () => {
    await useBackend('wasm');
    const module = await SimdModule.load(tf.backend(), bytes);
    expect(module.serves(tf.backend())).toBe(true);
    expect(module.serves(backendWith())).toBe(false);
  });
});

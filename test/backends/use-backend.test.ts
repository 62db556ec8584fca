import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type BackendName, useBackend } from '../../src/backends/use-backend.js';
import { startWebGpuInNode } from '../../src/backends/webgpu-node.js';
import { BackendUnavailableError, InvalidArgumentError } from '../../src/errors.js';

afterEach(() => {
  vi.doUnmock('webgpu');
});

describe('useBackend', () => {
  it('auto takes wasm without a current backend, also when called twice at once', async () => {
    expect(tf.getBackend()).toBeFalsy();
    expect(await Promise.all([useBackend(), useBackend('auto')])).toEqual(['wasm', 'wasm']);
    expect(tf.getBackend()).toBe('wasm');
  });

  it('auto keeps the current backend', async () => {
    expect(await useBackend('cpu')).toBe('cpu');
    expect(await useBackend('auto')).toBe('cpu');
    expect(tf.getBackend()).toBe('cpu');
  });

  it('auto keeps a backend set through tfjs, and corrects its kernels', async () => {
    await import('@tensorflow/tfjs-backend-wasm');
    await tf.setBackend('wasm');
    expect(await useBackend()).toBe('wasm');
    expect(tf.getKernel('Conv2DBackpropFilter', 'wasm')).toBeDefined();
  });

  it.each(['metal', 'constructor', '__proto__', ''])(
    'refuses the unknown name %j, listing what there is',
    async (name) => {
      const attempt = useBackend(name as BackendName);
      await expect(attempt).rejects.toThrow(InvalidArgumentError);
      await expect(attempt).rejects.toThrow(`"${name}". Choose auto, wasm, webgpu, webgl, cpu, node, node-gpu`);
    },
  );

  it.each([
    ['node', '@tensorflow/tfjs-node'],
    ['node-gpu', '@tensorflow/tfjs-node-gpu'],
  ] as const)('says what to install when the package of %s is missing', async (name, npm) => {
    const attempt = useBackend(name);
    await expect(attempt).rejects.toThrow(BackendUnavailableError);
    await expect(attempt).rejects.toThrow(`npm install ${npm}`);
    await expect(attempt).rejects.toMatchObject({ cause: expect.any(Error) });
  });

  it('keeps the current backend when another does not start, and tries again when called again', async () => {
    await useBackend('cpu');
    // There is no WebGL in Node.
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(useBackend('webgl')).rejects.toThrow(BackendUnavailableError);
      expect(tf.getBackend()).toBe('cpu');
      expect(await tf.square(3).data()).toEqual(Float32Array.of(9));
    }
    expect(await useBackend('auto')).toBe('cpu');
  });

  it('starts other backends after a failure', async () => {
    const results = await Promise.allSettled([useBackend('webgl'), useBackend('wasm')]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(tf.getBackend()).toBe('wasm');
  });
});

describe('useBackend with webgpu in Node', () => {
  const withoutGpu = () => !(globalThis.navigator as { gpu?: unknown } | undefined)?.gpu;

  it('refuses a machine without an adapter, before tfjs would crash', async () => {
    vi.doMock('webgpu', () => ({ globals: { GPUProbe: 1 }, create: () => ({ requestAdapter: async () => null }) }));
    const attempt = useBackend('webgpu');
    await expect(attempt).rejects.toThrow(BackendUnavailableError);
    await expect(attempt).rejects.toThrow("Use 'wasm'");
    expect(withoutGpu()).toBe(true);
    expect(globalThis).not.toHaveProperty('GPUProbe');
  });

  it('sets navigator.gpu, once', async () => {
    const requestAdapter = vi.fn(async () => ({}));
    vi.doMock('webgpu', () => ({ globals: { GPUProbe: 1 }, create: () => ({ requestAdapter }) }));
    try {
      await startWebGpuInNode();
      expect(globalThis).toMatchObject({ GPUProbe: 1, navigator: { gpu: { requestAdapter } } });
      await startWebGpuInNode();
      expect(requestAdapter).toHaveBeenCalledTimes(1);
    } finally {
      Reflect.deleteProperty(globalThis.navigator, 'gpu');
      Reflect.deleteProperty(globalThis, 'GPUProbe');
    }
  });
});

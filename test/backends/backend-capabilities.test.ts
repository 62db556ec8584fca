import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { assertTrainable, backendCapabilities } from '../../src/backends/backend-capabilities.js';
import { useBackend } from '../../src/backends/use-backend.js';
import { BackendCapabilityError } from '../../src/errors.js';

describe('backendCapabilities', () => {
  it('asks for useBackend when no backend is loaded', () => {
    expect(backendCapabilities('hexagon')).toMatchObject({
      backend: 'hexagon',
      trainable: false,
      why: 'No backend "hexagon" is loaded: call useBackend() first.',
    });
  });

  it('reports stock wasm as detection only, naming the missing kernel, and corrected wasm as trainable', async () => {
    await import('@tensorflow/tfjs-backend-wasm');
    const stock = backendCapabilities('wasm');
    expect(stock.trainable).toBe(false);
    expect(stock.why).toContain("Conv2DBackpropFilter: detection works, for training call useBackend('wasm')");
    await useBackend('wasm');
    expect(backendCapabilities('wasm')).toMatchObject({ backend: 'wasm', trainable: true, why: '' });
  });

  it.each(['wasm', 'cpu'] as const)('describes the current backend by default (%s)', async (name) => {
    await useBackend(name);
    expect(backendCapabilities()).toMatchObject({ backend: name, trainable: true, why: '' });
    expect(assertTrainable).not.toThrow();
  });

  it('reports the kernels that wasm uses, and why there are none', async () => {
    await useBackend('wasm');
    expect(backendCapabilities()).toMatchObject({ kernels: expect.stringMatching(/simd$/), whyNoKernels: '' });
    await useBackend('wasm', { simd: false });
    await useBackend('auto');
    expect(backendCapabilities()).toMatchObject({
      kernels: 'none',
      whyNoKernels: expect.stringContaining('simd: false'),
    });
    await useBackend('cpu');
    expect(backendCapabilities()).toMatchObject({ kernels: 'none', whyNoKernels: '' });
  });

  it('refuses training on a backend without gradient kernels', async () => {
    tf.registerBackend('bare', () => new MathBackendCPU());
    onTestFinished(() => tf.removeBackend('bare'));
    await tf.setBackend('bare');
    expect(assertTrainable).toThrow(BackendCapabilityError);
    expect(assertTrainable).toThrow('The bare backend has no Conv2DBackpropFilter, Conv2DBackpropInput, MaxPoolGrad');
    await useBackend('cpu');
  });
});

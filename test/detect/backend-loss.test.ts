import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../src/backends/use-backend.js';
import { createLandmarkDetector } from '../../src/detect/create-landmark-detector.js';
import { BackendUnavailableError } from '../../src/errors.js';
import { tinyWeightsFile } from './tiny-weights.js';

const image = { data: Uint8Array.from({ length: 400 }, (_, i) => (i * 41) % 256), width: 20, height: 20 };

let weights: Uint8Array;
beforeAll(async () => {
  weights = await tinyWeightsFile({ landmarks: 68 });
});

afterEach(() => useBackend('wasm'));

describe.each(['wasm', 'cpu'] as const)('a detector on %s whose backend ends', (name) => {
  it.each([
    ['by removeBackend', () => tf.removeBackend(name)],
    ['by engine().reset()', () => tf.engine().reset()],
  ])('%s says so, can be disposed, and is replaced by a new one', async (_how, end) => {
    const detector = await createLandmarkDetector({ backend: name, weights });
    const before = await detector.detect(image);
    end();
    const error = await detector.detect(image).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BackendUnavailableError);
    expect((error as Error).message).toMatch(new RegExp(`^The ${name} backend was removed.*Create another detector`));
    expect(() => detector.dispose()).not.toThrow();
    const another = await createLandmarkDetector({ backend: name, weights });
    expect(await another.detect(image)).toEqual(before);
    another.dispose();
  });
});

/** A GPU backend whose context can be lost: what tfjs's webgl backend has, on the CPU. */
async function registerFakeGpu() {
  const { MathBackendCPU } = await import('@tensorflow/tfjs-backend-cpu');
  const gpu = { isLost: false, isStuck: false };
  tf.registerBackend('webgl', () => {
    const backend = new MathBackendCPU() as unknown as tf.KernelBackend & { gpgpu: object };
    const read = backend.read.bind(backend);
    backend.read = (id: object) => (gpu.isStuck ? new Promise(() => {}) : read(id));
    backend.gpgpu = { gl: { isContextLost: () => gpu.isLost } };
    return backend;
  });
  for (const kernel of tf.getKernelsForBackend('cpu')) tf.registerKernel({ ...kernel, backendName: 'webgl' });
  return gpu;
}

describe('a detector on a GPU', () => {
  it('fails within 2 s when its context is lost while a result is awaited, and a new one works once it is back', async () => {
    await useBackend('cpu');
    const gpu = await registerFakeGpu();
    const detector = await createLandmarkDetector({ backend: 'webgl', weights });
    const before = await detector.detect(image);
    gpu.isStuck = true;
    setTimeout(() => {
      gpu.isLost = true;
    }, 50);
    const start = performance.now();
    await expect(detector.detect(image)).rejects.toThrow(/webgl backend lost its graphics device.*Create another/);
    expect(performance.now() - start).toBeLessThan(2000);
    await expect(detector.detect(image)).rejects.toThrow(BackendUnavailableError);
    detector.dispose();
    Object.assign(gpu, { isLost: false, isStuck: false });
    await useBackend('wasm');
    const another = await createLandmarkDetector({ backend: 'webgl', weights });
    expect(await another.detect(image)).toEqual(before);
    another.dispose();
  });
});

import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { useBackend } from '../../src/backends/use-backend.js';
import { BackendUnavailableError } from '../../src/errors.js';

/** What WebGL does in a browser whose graphics driver is blocked: it is there, and refuses to start. */
const start = vi.fn(() => {
  throw new Error('WebGL context creation failed');
});

describe('a backend that refuses to start', () => {
  beforeAll(() => {
    tf.registerBackend('webgl', start);
  });

  it('is reported with a remedy', async () => {
    const attempt = useBackend('webgl');
    await expect(attempt).rejects.toThrow(BackendUnavailableError);
    await expect(attempt).rejects.toThrow("Use 'wasm', which needs no GPU");
    expect(start).toHaveBeenCalled();
  });

  it('is not kept by auto as the current one', async () => {
    expect(tf.getBackend()).toBe('webgl'); // tfjs calls it current all the same.
    expect(await useBackend()).toBe('wasm');
    expect(await tf.square(3).data()).toEqual(Float32Array.of(9));
  });

  it('leaves the current one and its tensors unchanged', async () => {
    await useBackend('cpu');
    const tensor = tf.square(4);
    await expect(useBackend('webgl')).rejects.toThrow(BackendUnavailableError);
    expect(tf.getBackend()).toBe('cpu');
    expect(await tf.add(tensor, 1).data()).toEqual(Float32Array.of(17));
  });

  it('is used when it starts at a later attempt', async () => {
    const { MathBackendCPU } = await import('@tensorflow/tfjs-backend-cpu');
    start.mockImplementationOnce(() => new MathBackendCPU() as never);
    expect(await useBackend('webgl')).toBe('webgl');
    expect(await useBackend('auto')).toBe('webgl');
    await useBackend('wasm');
  });
});

import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { useBackend } from '../../src/backends/use-backend.js';

/** Runs `fn` and asserts that no tensor it made survives, also when it rejects (the rejection is passed on). */
export async function expectNoLeak(fn: () => Promise<unknown> | unknown): Promise<void> {
  const before = tf.memory().numTensors;
  try {
    await fn();
  } finally {
    expect(tf.memory().numTensors - before, 'tensors left behind').toBe(0);
  }
}

/** Starts the plain JavaScript backend. */
export const useCpu = (): Promise<string> => useBackend('cpu');

/** Starts the WebAssembly backend, the library's default. */
export const useWasm = (): Promise<string> => useBackend('wasm');

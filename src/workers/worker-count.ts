import * as tf from '@tensorflow/tfjs-core';
import { BackendCapabilityError, InvalidArgumentError } from '../errors.js';

/** The backends of which every thread can have its own. */
export type ThreadBackend = 'wasm' | 'cpu';

/** @throws InvalidArgumentError unless `workers` is a whole number of at least 1. */
export function assertWorkers(workers: number): void {
  if (Number.isInteger(workers) && workers >= 1) return;
  throw new InvalidArgumentError(`workers must be a whole number of at least 1, got ${JSON.stringify(workers)}.`);
}

/**
 * The backend that worker threads use: that of this thread.
 *
 * @throws BackendCapabilityError when it is neither wasm nor cpu.
 */
export function threadBackend(workers: number): ThreadBackend {
  const backend = tf.getBackend();
  if (backend === 'wasm' || backend === 'cpu') return backend;
  throw new BackendCapabilityError(
    `workers: ${workers} is for the wasm and cpu backends, which use one core each; ${backend} is shared by all threads as it is. Leave workers out, or call useBackend('wasm') first.`,
  );
}

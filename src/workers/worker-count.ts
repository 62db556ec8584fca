import * as tf from '@tensorflow/tfjs-core';
import { BackendCapabilityError, InvalidArgumentError } from '../errors.js';

/** The backends that every thread can have its own of. */
export type ThreadBackend = 'wasm' | 'cpu';

/** @throws InvalidArgumentError unless `workers` is a whole number of at least 1. */
export function assertWorkers(workers: number): void {
  if (Number.isInteger(workers) && workers >= 1) return;
  throw new InvalidArgumentError(`workers must be a whole number of at least 1, got ${JSON.stringify(workers)}.`);
}

/**
 * The backend of worker threads: that of this thread.
 *
 * @throws BackendCapabilityError when it is neither wasm nor cpu.
 */
export function threadBackend(workers: number): ThreadBackend {
  const backend = tf.getBackend();
  if (backend === 'wasm' || backend === 'cpu') return backend;
  throw new BackendCapabilityError(
    `workers: ${workers} needs the wasm or cpu backend, which use one core each; ${backend} serves all threads. Leave workers out, or call useBackend('wasm') first.`,
  );
}

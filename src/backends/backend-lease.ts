import * as tf from '@tensorflow/tfjs-core';
import { BackendUnavailableError } from '../errors.js';

/** How often a GPU backend is checked while a result is awaited: a lost device never answers. */
const CHECK_MS = 250;

/** Undocumented parts of tfjs's GPU backends. */
interface GpuBackend {
  gpgpu?: { gl?: { isContextLost?(): boolean } };
  device?: { lost?: Promise<unknown> };
}

/** WebGPU backends whose device is lost. */
const lostDevices = new WeakSet<object>();

/** Whether a backend lost its WebGL context or WebGPU device, as when a driver restarts or a tab sleeps. */
export function isLost(backend: object): boolean {
  return lostDevices.has(backend) || (backend as GpuBackend).gpgpu?.gl?.isContextLost?.() === true;
}

/** Notices when the device of a WebGPU backend is lost. */
export function watchDevice(backend: object): void {
  (backend as GpuBackend).device?.lost?.then(
    () => lostDevices.add(backend),
    () => {},
  );
}

/**
 * The backend that holds something lasting, such as a detector's weights. It may end first, by `removeBackend`,
 * `engine().reset()`, or a lost WebGL context or WebGPU device: calls must then end in a typed error, not hang.
 */
export class BackendLease {
  readonly #name = tf.getBackend();
  readonly #backend = tf.backend();
  readonly #owner: string;

  /** @param owner What the backend holds, for messages: "detector". */
  constructor(owner: string) {
    this.#owner = owner;
  }

  /** @throws BackendUnavailableError when this backend, or tfjs's current one, is gone. */
  assertAlive(): void {
    const { registry } = tf.engine();
    if (registry[this.#name] !== this.#backend) this.#gone(`was removed or reset`);
    if (isLost(this.#backend)) this.#gone('lost its graphics device');
    const current = tf.getBackend();
    if (current && registry[current] && isLost(registry[current])) {
      throw new BackendUnavailableError(
        `The current backend, ${current}, lost its graphics device: call useBackend('wasm'), or useBackend('${current}') to restart it.`,
      );
    }
  }

  /**
   * Works on the backend.
   *
   * @throws BackendUnavailableError within half a second when the backend ends; else what the work throws.
   */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    this.assertAlive();
    let timer: ReturnType<typeof setInterval> | undefined;
    try {
      const result = work();
      const isGpu = 'gpgpu' in this.#backend || 'device' in this.#backend;
      if (!isGpu) return await result;
      result.catch(() => {});
      const death = new Promise<never>((_, reject) => {
        timer = setInterval(() => {
          try {
            this.assertAlive();
          } catch (error) {
            reject(error);
          }
        }, CHECK_MS);
      });
      return await Promise.race([result, death]);
    } catch (error) {
      if (!(error instanceof BackendUnavailableError)) this.assertAlive();
      throw error;
    } finally {
      clearInterval(timer);
    }
  }

  /** Disposes tensors, unless they are gone with the backend. */
  free(dispose: () => void): void {
    try {
      dispose();
    } catch (error) {
      if (tf.engine().registry[this.#name] === this.#backend && !isLost(this.#backend)) throw error;
    }
  }

  #gone(how: string): never {
    throw new BackendUnavailableError(
      `The ${this.#name} backend ${how}, and with it what this ${this.#owner} had there. Create another ${this.#owner}.`,
    );
  }
}

import * as tf from '@tensorflow/tfjs-core';
import { BackendUnavailableError } from '../errors.js';

/** How often a backend that works elsewhere is looked at while a result is awaited: a lost device never answers. */
const CHECK_MS = 250;

/** What is used of tfjs's GPU backends beyond their documented interface. */
interface GpuBackend {
  gpgpu?: { gl?: { isContextLost?(): boolean } };
  device?: { lost?: Promise<unknown> };
}

/** WebGPU backends whose device is lost. */
const lostDevices = new WeakSet<object>();

/**
 * Whether a backend object still computes: WebGL contexts and WebGPU devices are lost when a driver restarts or a tab
 * sleeps.
 */
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
 * The backend on which something that stays, such as a detector's weights, was made. Its life can end before that of
 * what it holds: `removeBackend`, `engine().reset()`, a lost WebGL context, a lost WebGPU device. Then every call must
 * end in a typed error, and none may wait for an answer that never comes.
 */
export class BackendLease {
  readonly #name = tf.getBackend();
  readonly #backend = tf.backend();
  readonly #owner: string;

  /** @param owner Names what is made on the backend, for messages: "detector". */
  constructor(owner: string) {
    this.#owner = owner;
  }

  /** @throws BackendUnavailableError when the backend is gone, or the one that tfjs would compute on now is. */
  assertAlive(): void {
    const { registry } = tf.engine();
    if (registry[this.#name] !== this.#backend) this.#gone(`was removed or reset`);
    if (isLost(this.#backend)) this.#gone('lost its graphics device');
    const current = tf.getBackend();
    if (current && registry[current] && isLost(registry[current])) {
      throw new BackendUnavailableError(
        `The current backend, ${current}, lost its graphics device: call useBackend('wasm'), or useBackend('${current}') to start it anew.`,
      );
    }
  }

  /**
   * Does something on the backend.
   *
   * @throws BackendUnavailableError, within half a second, when the backend is gone or goes meanwhile; else what the
   *   work throws.
   */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    this.assertAlive();
    let timer: ReturnType<typeof setInterval> | undefined;
    try {
      const result = work();
      if (!isElsewhere(this.#backend)) return await result;
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

  /** Disposes of tensors; those of a backend that is gone went with it. */
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

function isElsewhere(backend: object): boolean {
  return 'gpgpu' in backend || 'device' in backend;
}

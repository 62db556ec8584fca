import * as tf from '@tensorflow/tfjs-core';
import { BackendUnavailableError, InvalidArgumentError } from '../errors.js';
import { isLost, watchDevice } from './backend-lease.js';
import { withoutAddedHandlers } from './host-process.js';
import { installKernels } from './kernels/install.js';
import { switchSimdKernels } from './kernels/simd-install.js';
import { assertTfjsNodeComputes, loadTfjsNode } from './tfjs-node.js';
import { assertWebGpuIsRegistered, startWebGpuInNode } from './webgpu-node.js';

/** What can be asked for: a tfjs backend, `node` and `node-gpu` for tfjs-node, or `auto`. */
export type BackendName = 'auto' | 'wasm' | 'webgpu' | 'webgl' | 'cpu' | 'node' | 'node-gpu';

interface BackendPackage {
  /** The name under which the package registers itself with tfjs. */
  registers: string;
  load: () => Promise<unknown>;
  /** Sets what tfjs reads when the backend starts. */
  configure?: () => void;
  /** Throws where the backend starts, and yet is of no use. */
  check?: () => void;
}

const notInstalled = (name: string) => (cause: unknown) => {
  throw new BackendUnavailableError(`${name} could not be loaded. Is it installed? npm install ${name}`, { cause });
};

// The handler stands at each import: bundlers then let an optional package be missing.
const packages: Record<Exclude<BackendName, 'auto'>, BackendPackage> = {
  wasm: {
    registers: 'wasm',
    load: () => import('@tensorflow/tfjs-backend-wasm').catch(notInstalled('@tensorflow/tfjs-backend-wasm')),
    // The multi-threaded build gains nothing for small faces, and the SIMD kernels work in the memory of the other one.
    configure: () => tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false),
  },
  webgpu: {
    registers: 'webgpu',
    load: async () => {
      await startWebGpuInNode();
      await import('@tensorflow/tfjs-backend-webgpu').catch(notInstalled('@tensorflow/tfjs-backend-webgpu'));
      assertWebGpuIsRegistered();
    },
  },
  webgl: {
    registers: 'webgl',
    load: () => import('@tensorflow/tfjs-backend-webgl').catch(notInstalled('@tensorflow/tfjs-backend-webgl')),
  },
  cpu: {
    registers: 'cpu',
    load: () => import('@tensorflow/tfjs-backend-cpu').catch(notInstalled('@tensorflow/tfjs-backend-cpu')),
  },
  node: {
    registers: 'tensorflow',
    load: async () => loadTfjsNode('@tensorflow/tfjs-node'),
    check: () => assertTfjsNodeComputes('@tensorflow/tfjs-node'),
  },
  'node-gpu': {
    registers: 'tensorflow',
    load: async () => loadTfjsNode('@tensorflow/tfjs-node-gpu'),
    check: () => assertTfjsNodeComputes('@tensorflow/tfjs-node-gpu'),
  },
};

/** How a backend is used. */
export interface BackendOptions {
  /**
   * Whether wasm runs with this library's SIMD kernels: true by default. Off, to compare or to rule them out, it is
   * several times slower.
   */
  simd?: boolean | undefined;
}

/**
 * Loads a tfjs backend, makes it the current one, and corrects those of its kernels that are wrong or missing, so that
 * the library's networks can be trained on it. Backends are optional peers: install the one you want.
 *
 * `auto` keeps a backend that the application has already set, and otherwise takes wasm: it runs everywhere, starts at
 * once, and for a single small face is faster than a GPU.
 *
 * @returns The name of the backend now in use, as tfjs knows it.
 * @throws BackendUnavailableError when its package is not installed or it does not start here (no GPU, say); the
 *   backend that was in use stays.
 * @example
 * await useBackend('webgpu');
 */
export function useBackend(name: BackendName = 'auto', { simd }: BackendOptions = {}): Promise<string> {
  const selected = settled
    .then(() => select(name))
    .then((registered) => {
      // 'auto' keeps what the application has chosen.
      if (simd !== undefined || name !== 'auto') switchSimdKernels(simd ?? true);
      return registered;
    });
  settled = selected.catch(() => {});
  return selected;
}

/** Calls wait for each other: tfjs gives up a backend that is still starting when it is asked for again. */
let settled: Promise<unknown> = Promise.resolve();

/** Backends that did not start here: tfjs calls one current all the same. */
const refused = new Set<string>();

async function select(name: BackendName): Promise<string> {
  const previous = currentBackend();
  if (name === 'auto') {
    if (previous === undefined || isLost(tf.engine().registry[previous] ?? {})) return select('wasm');
    await tf.ready();
    await installKernels(previous);
    return previous;
  }
  if (!Object.hasOwn(packages, name)) {
    throw new InvalidArgumentError(`There is no backend "${name}". Choose auto, ${Object.keys(packages).join(', ')}.`);
  }
  const backend = packages[name];
  await provideFactory(backend);
  let started = false;
  let cause: unknown;
  try {
    if (!tf.engine().registry[backend.registers]) backend.configure?.();
    started = await withoutAddedHandlers(() => tf.setBackend(backend.registers));
    if (started) backend.check?.();
  } catch (error) {
    cause = error;
  }
  // setBackend may answer false, or true for another backend, when a GPU is refused.
  if (cause || !started || tf.getBackend() !== backend.registers) {
    refused.add(backend.registers);
    if (previous !== undefined) await tf.setBackend(previous);
    if (cause instanceof BackendUnavailableError) throw cause;
    throw new BackendUnavailableError(
      name === 'wasm'
        ? "The wasm backend did not start: it could not load its .wasm file. In browsers, serve the three files of @tensorflow/tfjs-backend-wasm/dist and say where with its setWasmPaths('/path/')."
        : `The ${name} backend did not start on this machine. Use 'wasm', which needs no GPU, or check the driver.`,
      { cause },
    );
  }
  refused.delete(backend.registers);
  watchDevice(tf.backend());
  await installKernels(backend.registers);
  return backend.registers;
}

/**
 * What starts each backend: packages register it once, when they are first imported, and `removeBackend` forgets it.
 */
const factories = new Map<string, { factory: Parameters<typeof tf.registerBackend>[1]; priority: number }>();

/** Sees to it that tfjs can start a backend, anew where the one that runs has lost its device. */
async function provideFactory({ registers, load }: BackendPackage): Promise<void> {
  const { registry, registryFactory } = tf.engine();
  const running = registry[registers];
  if (running && isLost(running)) tf.removeBackend(registers);
  const known = factories.get(registers);
  if (!registryFactory[registers] && known) tf.registerBackend(registers, known.factory, known.priority);
  if (!registryFactory[registers]) await withoutAddedHandlers(load);
  const registered = registryFactory[registers];
  if (registered) factories.set(registers, registered);
}

/** The backend the application has set, if any; asking must not start one. */
function currentBackend(): string | undefined {
  const name = tf.getBackend();
  return name && tf.findBackendFactory(name) && !refused.has(name) ? name : undefined;
}

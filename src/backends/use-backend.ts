import * as tf from '@tensorflow/tfjs-core';
import { BackendUnavailableError, InvalidArgumentError } from '../errors.js';
import { isLost, watchDevice } from './backend-lease.js';
import { withoutAddedHandlers } from './host-process.js';
import { installKernels } from './kernels/install.js';
import { switchSimdKernels } from './kernels/simd-install.js';
import { assertTfjsNodeComputes, loadTfjsNode, type TfjsNode } from './tfjs-node.js';
import { assertWebGpuIsRegistered, startWebGpuInNode } from './webgpu-node.js';

/** A tfjs backend, `node` and `node-gpu` for tfjs-node, or `auto`. */
export type BackendName = 'auto' | 'wasm' | 'webgpu' | 'webgl' | 'cpu' | 'node' | 'node-gpu';

interface BackendPackage {
  /** The backend's name in tfjs. */
  registers: string;
  load: () => Promise<unknown>;
  /** Sets tfjs's flags before the backend starts. */
  configure?: () => void;
  /** Throws if the backend started but cannot compute. */
  check?: () => void;
}

const notInstalled = (name: string) => (cause: unknown) => {
  throw new BackendUnavailableError(`${name} could not be loaded. Is it installed? npm install ${name}`, { cause });
};

// Bundlers let an optional package be missing only if its own import has a handler.
const packages: Record<Exclude<BackendName, 'auto'>, BackendPackage> = {
  wasm: {
    registers: 'wasm',
    load: () => import('@tensorflow/tfjs-backend-wasm').catch(notInstalled('@tensorflow/tfjs-backend-wasm')),
    // Threads gain nothing for small faces, and the SIMD kernels need the memory of the single-threaded build.
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
  node: tfjsNode('@tensorflow/tfjs-node'),
  'node-gpu': tfjsNode('@tensorflow/tfjs-node-gpu'),
};

function tfjsNode(name: TfjsNode): BackendPackage {
  return {
    registers: 'tensorflow',
    load: async () => loadTfjsNode(name),
    check: () => assertTfjsNodeComputes(name),
  };
}

/** Options of {@link useBackend}. */
export interface BackendOptions {
  /** Whether wasm uses this library's SIMD kernels: true by default. Without them it is several times slower. */
  simd?: boolean | undefined;
}

/**
 * Loads a tfjs backend, an optional peer, makes it the current one, and corrects its wrong or missing kernels, so that
 * the library's networks can be trained on it.
 *
 * `auto` keeps the application's backend, and otherwise takes wasm, which runs everywhere, starts at once, and is
 * faster than a GPU for a single small face.
 *
 * @returns The backend's name in tfjs.
 * @throws BackendUnavailableError when its package is missing or it does not start, without a GPU for example; the
 *   current backend stays.
 * @example
 * await useBackend('webgpu');
 */
export function useBackend(name: BackendName = 'auto', { simd }: BackendOptions = {}): Promise<string> {
  const selected = settled
    .then(() => select(name))
    .then((registered) => {
      // 'auto' keeps the application's choice.
      if (simd !== undefined || name !== 'auto') switchSimdKernels(simd ?? true);
      return registered;
    });
  settled = selected.catch(() => {});
  return selected;
}

/** Calls wait for each other: tfjs gives up a backend that is still starting when asked again. */
let settled: Promise<unknown> = Promise.resolve();

/** Backends that did not start: tfjs may call one current all the same. */
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
  // Without a GPU, setBackend may return false, or true for another backend.
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

/** Packages register factories only when first imported, and `removeBackend` drops them. */
const factories = new Map<string, { factory: Parameters<typeof tf.registerBackend>[1]; priority: number }>();

/** Makes sure that tfjs can start a backend, again if it lost its device. */
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

/** The application's backend, if any; must not start one. */
function currentBackend(): string | undefined {
  const name = tf.getBackend();
  return name && tf.findBackendFactory(name) && !refused.has(name) ? name : undefined;
}

import type * as tf from '@tensorflow/tfjs-core';
import { BackendCapabilityError } from '../../errors.js';
import type { SimdExports } from './simd-exports.js';

/** What is used of tfjs-backend-wasm beyond its documented interface; looked for when the kernels are loaded. */
interface WasmBackend {
  wasm: { asm: { memory: WebAssembly.Memory }; _malloc(bytes: number): number; _free(address: number): void };
  dataIdMap: { get(id: tf.DataId): { memoryOffset: number } };
  makeOutput(shape: number[], dtype: 'float32'): tf.TensorInfo;
  disposeData(id: tf.DataId, force?: boolean): boolean;
  incRef(id: tf.DataId): void;
}

/**
 * The SIMD kernels at work in the memory of tfjs-backend-wasm: tensors are passed by address, nothing is copied.
 *
 * It owns a workspace that grows to the largest that a kernel has asked for, and blocks of memory derived from tensors,
 * which are freed with their tensor.
 */
export class SimdModule {
  readonly kernels: SimdExports;
  readonly #backend: WasmBackend;
  readonly #derived = new Map<tf.DataId, Map<string, number>>();
  #workspace = { address: 0, bytes: 0 };

  private constructor(kernels: SimdExports, backend: WasmBackend) {
    this.kernels = kernels;
    this.#backend = backend;
    const dispose = backend.disposeData.bind(backend);
    backend.disposeData = (id, force) => {
      const isGone = dispose(id, force);
      if (isGone) this.#freeDerived(id);
      return isGone;
    };
  }

  /**
   * Loads the kernels into a backend's memory.
   *
   * @throws BackendCapabilityError when this version or build of the backend is not one that they know how to work
   *   with.
   */
  static async load(backend: unknown, bytes: Uint8Array<ArrayBuffer>): Promise<SimdModule> {
    assertSupported(backend);
    const { instance } = await WebAssembly.instantiate(bytes, { env: { memory: backend.wasm.asm.memory } });
    return new SimdModule(instance.exports as unknown as SimdExports, backend);
  }

  /** Whether this is the backend in whose memory the kernels work. */
  serves(backend: unknown): boolean {
    return backend === this.#backend;
  }

  /** Where a tensor's values begin. */
  address({ dataId }: tf.TensorInfo): number {
    return this.#backend.dataIdMap.get(dataId).memoryOffset;
  }

  /** A new tensor, its values not yet set. */
  output(shape: readonly number[]): tf.TensorInfo {
    return this.#backend.makeOutput([...shape], 'float32');
  }

  /** Another tensor with the same values in the same place. */
  share({ dataId, shape, dtype }: tf.TensorInfo): tf.TensorInfo {
    this.#backend.incRef(dataId);
    return { dataId, shape, dtype };
  }

  /** Memory for the duration of one kernel. */
  workspace(bytes: number): number {
    if (bytes > this.#workspace.bytes) {
      this.#backend.wasm._free(this.#workspace.address);
      this.#workspace = { address: 0, bytes: 0 };
      this.#workspace = { address: this.#allocate(bytes), bytes };
    }
    return this.#workspace.address;
  }

  /**
   * Memory with something computed from a tensor, such as a filter in the Winograd domain: filled once, kept as long as
   * the tensor.
   */
  derived({ dataId }: tf.TensorInfo, name: string, bytes: number, fill: (address: number) => void): number {
    const blocks = this.#derived.get(dataId) ?? new Map<string, number>();
    const known = blocks.get(name);
    if (known !== undefined) return known;
    const address = this.#allocate(bytes);
    fill(address);
    this.#derived.set(dataId, blocks.set(name, address));
    return address;
  }

  #allocate(bytes: number): number {
    const address = this.#backend.wasm._malloc(bytes) >>> 0;
    if (address === 0) {
      throw new BackendCapabilityError(
        `The wasm backend has no ${Math.ceil(bytes / 2 ** 20)} MB left: use smaller batches, or dispose tensors.`,
      );
    }
    return address;
  }

  #freeDerived(id: tf.DataId): void {
    for (const address of this.#derived.get(id)?.values() ?? []) this.#backend.wasm._free(address);
    this.#derived.delete(id);
  }
}

function assertSupported(backend: unknown): asserts backend is WasmBackend {
  const { wasm, dataIdMap, makeOutput, disposeData, incRef } = (backend ?? {}) as Partial<WasmBackend>;
  const functions = [wasm?._malloc, wasm?._free, dataIdMap?.get, makeOutput, disposeData, incRef];
  const memory: unknown = wasm?.asm?.memory;
  if (functions.some((one) => typeof one !== 'function') || !(memory instanceof WebAssembly.Memory)) {
    throw new BackendCapabilityError(
      'The SIMD kernels do not know this version of @tensorflow/tfjs-backend-wasm: install version 4.22.',
    );
  }
  if (!(memory.buffer instanceof ArrayBuffer)) {
    throw new BackendCapabilityError(
      "The SIMD kernels do not work with the multi-threaded build of tfjs-backend-wasm: before it starts, call tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false).",
    );
  }
}

import * as tf from '@tensorflow/tfjs-core';

/** What the calls of one kernel took. */
export interface KernelTime {
  kernel: string;
  calls: number;
  /** Milliseconds, without those of kernels that it called. */
  milliseconds: number;
}

interface Call {
  /** Milliseconds spent in kernels that this one called. */
  inner: number;
}

/**
 * Takes the time of every kernel of a backend from now on, by wrapping all that are registered. Only for backends that have done
 * the work when a kernel returns, as wasm and cpu have.
 */
export class KernelTimes {
  readonly #times = new Map<string, KernelTime>();
  readonly #stack: Call[] = [];

  /** @param byShape Whether calls with other input shapes count apart. */
  constructor(
    backend: string,
    readonly byShape: boolean,
  ) {
    for (const config of tf.getKernelsForBackend(backend)) {
      tf.unregisterKernel(config.kernelName, backend);
      tf.registerKernel({ ...config, kernelFunc: (call) => this.#timed(config, call) });
    }
  }

  /** Forgets what was measured so far. */
  reset(): void {
    this.#times.clear();
  }

  /** Times since the last reset, longest first. */
  get sorted(): KernelTime[] {
    return [...this.#times.values()].toSorted((a, b) => b.milliseconds - a.milliseconds);
  }

  #timed(config: tf.KernelConfig, call: Parameters<tf.KernelFunc>[0]): ReturnType<tf.KernelFunc> {
    const own: Call = { inner: 0 };
    this.#stack.push(own);
    const start = performance.now();
    try {
      return config.kernelFunc(call);
    } finally {
      const total = performance.now() - start;
      this.#stack.pop();
      const caller = this.#stack.at(-1);
      if (caller) caller.inner += total;
      this.#add(this.byShape ? withShapes(config.kernelName, call.inputs) : config.kernelName, total - own.inner);
    }
  }

  #add(kernel: string, milliseconds: number): void {
    const time = this.#times.get(kernel) ?? { kernel, calls: 0, milliseconds: 0 };
    this.#times.set(kernel, { kernel, calls: time.calls + 1, milliseconds: time.milliseconds + milliseconds });
  }
}

/** A kernel's name with the shapes of its inputs, which may be a list in some and missing in others. */
function withShapes(name: string, inputs: tf.NamedTensorInfoMap): string {
  const shapes = Object.values(inputs)
    .flat()
    .flatMap((input) => (input ? [input.shape.join('x') || 'scalar'] : []));
  return `${name} ${shapes.join(', ')}`;
}

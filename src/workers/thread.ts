import { parentPort, workerData } from 'node:worker_threads';
import { useBackend } from '../backends/use-backend.js';
import { importInThread } from './import-in-thread.js';
import { describeError, type TransportedError } from './transported-error.js';
import type { ThreadBackend } from './worker-count.js';

/** The data that every thread of a pool starts with. */
export interface ThreadSetup {
  backend: ThreadBackend;
  /** Whether the program uses the SIMD kernels: other kernels would give different last bits. */
  simd: boolean;
  /** URL of the {@link ThreadModule}. */
  module: string;
  setup: unknown;
}

/** A module whose tasks threads can do. */
export interface ThreadModule {
  /** Makes the function that does tasks. Called once in each thread. */
  prepare(setup: unknown): Promise<(task: unknown) => Promise<unknown>>;
}

/** What a thread sends: once when it is ready, then the result of each task. A copied error would lose its class. */
export type ThreadAnswer<Result> = { result: Result } | { error: TransportedError };

// What a worker thread runs.
let perform: (task: unknown) => Promise<unknown>;

async function prepare(): Promise<void> {
  const { backend, simd, module, setup } = workerData as ThreadSetup;
  await useBackend(backend, { simd });
  perform = await ((await importInThread(module)) as ThreadModule).prepare(setup);
}

async function answer(work: () => Promise<unknown>): Promise<void> {
  try {
    parentPort!.postMessage({ result: await work() } satisfies ThreadAnswer<unknown>);
  } catch (error) {
    parentPort!.postMessage({ error: describeError(error) } satisfies ThreadAnswer<unknown>);
  }
}

parentPort!.on('message', (task) => answer(() => perform(task)));
await answer(prepare);

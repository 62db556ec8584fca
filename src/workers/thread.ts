import { Tinypool } from 'tinypool';
import { useBackend } from '../backends/use-backend.js';
import { importInThread } from './import-in-thread.js';
import { describeError, type TransportedError } from './transported-error.js';
import type { ThreadBackend } from './worker-count.js';

/** What every thread of a pool knows from its start. */
export interface ThreadSetup {
  backend: ThreadBackend;
  /** Whether the program runs with the SIMD kernels: two kinds of kernels would give different last bits. */
  simd: boolean;
  /** URL of the {@link ThreadModule}. */
  module: string;
  setup: unknown;
}

/** What a thread is asked: to be ready, or to do something. */
export type ThreadTask = { kind: 'prepare' } | { kind: 'run'; task: unknown };

/** A module whose tasks threads can do. */
export interface ThreadModule {
  /** Makes what does the tasks. Called once in each thread. */
  prepare(setup: unknown): Promise<(task: unknown) => Promise<unknown>>;
}

let prepared: Promise<(task: unknown) => Promise<unknown>> | undefined;

async function prepare(): Promise<(task: unknown) => Promise<unknown>> {
  const { backend, simd, module, setup } = Tinypool.workerData as ThreadSetup;
  await useBackend(backend, { simd });
  const { prepare } = (await importInThread(module)) as ThreadModule;
  return prepare(setup);
}

/** What a worker thread runs. Errors are answers, because their classes would not survive the way back. */
export default async function answer(request: ThreadTask): Promise<{ result: unknown } | { error: TransportedError }> {
  try {
    prepared ??= prepare();
    const perform = await prepared;
    return { result: request.kind === 'run' ? await perform(request.task) : undefined };
  } catch (error) {
    return { error: describeError(error) };
  }
}

import type { Worker } from 'node:worker_threads';
import { hasSimdKernels } from '../backends/kernels/simd-install.js';
import { DisposedError, InvalidArgumentError, WorkerError } from '../errors.js';
import type { ThreadAnswer, ThreadSetup } from './thread.js';
import { reviveError } from './transported-error.js';
import { threadBackend } from './worker-count.js';

/** How a {@link ThreadPool} is set up. */
export interface ThreadPoolOptions {
  /** How many threads. */
  workers: number;
  /** The URL of the module whose `prepare` makes what does the tasks; see {@link besideModule}. */
  module: string;
  /** The argument of `prepare` in every thread; copied. */
  setup: unknown;
}

/** A task, and the promise of its result. */
interface Job<Task, Result> {
  task: Task;
  transfer: ArrayBuffer[];
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Node worker threads for tasks of one kind, each with its own tfjs and backend. An idle pool does not keep the process
 * alive.
 */
export class ThreadPool<Task, Result> {
  readonly #threads: readonly Worker[];
  readonly #running = new Map<Worker, Pick<Job<Task, Result>, 'resolve' | 'reject'>>();
  readonly #waiting: Job<Task, Result>[] = [];
  #failure: Error | undefined;

  private constructor(threads: readonly Worker[]) {
    this.#threads = threads;
    for (const thread of threads) {
      thread.on('message', (answer: ThreadAnswer<Result>) => this.#finish(thread, answer));
      thread.on('error', (cause) => this.#fail(crash(cause)));
      thread.on('exit', (code) => this.#fail(crash(`exit code ${code}`)));
    }
  }

  /**
   * Starts the threads and prepares them.
   *
   * @throws InvalidArgumentError outside Node, or when `setup` is not plain data; BackendCapabilityError unless the
   *   backend is wasm or cpu; WorkerError, and what `prepare` throws.
   */
  static async open<Task, Result>({ workers, module, setup }: ThreadPoolOptions): Promise<ThreadPool<Task, Result>> {
    const workerData: ThreadSetup = { backend: threadBackend(workers), simd: hasSimdKernels(), module, setup };
    const pool = new ThreadPool<Task, Result>(startThreads(workers, workerData));
    try {
      // Each thread answers once when it is ready.
      await Promise.all(
        pool.#threads.map((thread) => new Promise((resolve, reject) => pool.#running.set(thread, { resolve, reject }))),
      );
    } catch (error) {
      await pool.close();
      throw error;
    }
    return pool;
  }

  /** How many threads there are. */
  get workers(): number {
    return this.#threads.length;
  }

  /**
   * Does a task on the next free thread.
   *
   * @param transfer Buffers of the task to move to the thread instead of copying.
   * @throws What the task throws: errors of this library as they are, others as the cause of a WorkerError. WorkerError
   *   when a thread has ended; DisposedError when the pool is closed.
   */
  run(task: Task, transfer: ArrayBuffer[] = []): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      this.#waiting.push({ task, transfer, resolve, reject });
      this.#startWaiting();
    });
  }

  /** Ends the threads; their tasks fail with DisposedError. Resolves when they have ended. */
  async close(): Promise<void> {
    this.#fail(new DisposedError('The worker threads were ended while, or before, they worked.'));
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }

  #startWaiting(): void {
    for (const thread of this.#threads) {
      while (!this.#running.has(thread)) {
        const job = this.#waiting.shift();
        if (!job) return;
        try {
          thread.postMessage(job.task, job.transfer);
          this.#running.set(thread, job);
          thread.ref();
        } catch (cause) {
          job.reject(notPlainData(cause));
        }
      }
    }
  }

  #finish(thread: Worker, answer: ThreadAnswer<Result>): void {
    const job = this.#running.get(thread);
    this.#running.delete(thread);
    thread.unref();
    if ('error' in answer) job?.reject(reviveError(answer.error));
    else job?.resolve(answer.result);
    this.#startWaiting();
  }

  #fail(failure: Error): void {
    this.#failure ??= failure;
    for (const job of [...this.#running.values(), ...this.#waiting]) job.reject(this.#failure);
    this.#running.clear();
    this.#waiting.length = 0;
  }
}

/** The URL of a module beside another, built or not: `besideModule('./face-thread', import.meta.url)`. */
export function besideModule(path: string, url: string): string {
  // Written so that browser bundlers do not recognise it and bundle the module.
  return new URL(path + url.slice(url.lastIndexOf('.')), url).href;
}

function startThreads(count: number, workerData: ThreadSetup): Worker[] {
  // Loaded in a way that browser bundlers do not resolve.
  const threads = globalThis.process?.getBuiltinModule?.('node:worker_threads');
  if (!threads) {
    throw new InvalidArgumentError(
      `workers: ${count} needs Node's worker threads. Leave it out in browsers; one call for many faces is fastest there.`,
    );
  }
  const program = new URL(besideModule('./thread', import.meta.url));
  try {
    return Array.from({ length: count }, () => new threads.Worker(program, { workerData }));
  } catch (cause) {
    throw notPlainData(cause);
  }
}

function notPlainData(cause: unknown): InvalidArgumentError {
  const { message } = cause as Error;
  return new InvalidArgumentError(`Data for worker threads must be plain, without functions: ${message}`, { cause });
}

function crash(cause: unknown): WorkerError {
  const what = cause instanceof Error ? cause.message : String(cause);
  return new WorkerError(`A worker thread ended too early: ${what}. Use fewer workers if memory was short.`, { cause });
}

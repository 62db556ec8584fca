import type { Tinypool, TinypoolWorker } from 'tinypool';
import { hasSimdKernels } from '../backends/kernels/simd-install.js';
import { DisposedError, InvalidArgumentError, WorkerError } from '../errors.js';
import type { ThreadSetup, ThreadTask } from './thread.js';
import { reviveError, type TransportedError } from './transported-error.js';
import { threadBackend } from './worker-count.js';

/** What a {@link ThreadPool} is made of. */
export interface ThreadPoolOptions {
  /** How many threads. */
  workers: number;
  /** The URL of the module whose `prepare` makes what does the tasks; see {@link besideModule}. */
  module: string;
  /** What `prepare` gets in every thread; copied. */
  setup: unknown;
}

type Answer<Result> = { result: Result } | { error: TransportedError };

/**
 * Worker threads of Node, each with a tfjs and a backend of its own, that do tasks of one kind. An idle pool does not keep the process
 * alive; {@link ThreadPool.close} ends its threads.
 */
export class ThreadPool<Task, Result> {
  readonly workers: number;
  readonly #pool: Tinypool;
  /** Rejects the promises of what runs; tinypool itself does not notice a thread that simply exits. */
  readonly #running = new Set<(reason: Error) => void>();
  readonly #exits = new Map<TinypoolWorker, Promise<void>>();
  #failure: Error | undefined;
  #closed: Promise<void> | undefined;

  private constructor(pool: Tinypool, workers: number) {
    this.#pool = pool;
    this.workers = workers;
    pool.on('error', (cause) => this.#fail(crash(cause)));
    for (const thread of pool.threads) {
      this.#expectExit(thread);
      thread.once('exit', (code) => this.#fail(crash(`exit code ${code}`)));
    }
  }

  /**
   * Starts the threads and prepares them.
   *
   * @throws InvalidArgumentError outside Node, or when `setup` is not plain data; BackendCapabilityError for a backend that threads
   *   cannot have; WorkerError and what preparing throws.
   */
  static async open<Task, Result>({ workers, module, setup }: ThreadPoolOptions): Promise<ThreadPool<Task, Result>> {
    const backend = threadBackend(workers);
    const { Tinypool } = await importTinypool(workers);
    const workerData: ThreadSetup = { backend, simd: hasSimdKernels(), module, setup };
    const options = { ...threadProgram(), minThreads: workers, maxThreads: workers, workerData };
    let pool: ThreadPool<Task, Result>;
    try {
      pool = new ThreadPool<Task, Result>(new Tinypool(options), workers);
    } catch (cause) {
      throw new InvalidArgumentError(
        `What worker threads are given must be plain data, without functions: ${(cause as Error).message}`,
        { cause },
      );
    }
    try {
      // As many tasks as threads: each gets one.
      await Promise.all(Array.from({ length: workers }, () => pool.#post({ kind: 'prepare' })));
    } catch (error) {
      await pool.close();
      throw error;
    }
    return pool;
  }

  /**
   * Does a task on the next thread that is free.
   *
   * @param transfer Buffers of the task that are moved to the thread, not copied.
   * @throws What doing it throws in the thread: errors of this library as they are, others as the cause of a WorkerError. WorkerError
   *   when a thread ended, now or before; DisposedError when the pool was closed.
   */
  run(task: Task, transfer: ArrayBuffer[] = []): Promise<Result> {
    return this.#post({ kind: 'run', task }, transfer) as Promise<Result>;
  }

  /** Ends the threads; what they are doing fails with DisposedError. Resolves when they have ended. */
  close(): Promise<void> {
    this.#closed ??= this.#end();
    return this.#closed;
  }

  #post(task: ThreadTask, transferList: ArrayBuffer[] = []): Promise<unknown> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#running.add(reject);
      const answered = this.#pool.run(task, { transferList }) as Promise<Answer<unknown>>;
      answered
        .then(
          (answer) => ('error' in answer ? reject(reviveError(answer.error)) : resolve(answer.result)),
          (cause) => this.#fail(crash(cause)),
        )
        .finally(() => this.#running.delete(reject));
    });
  }

  #fail(failure: Error): void {
    this.#failure ??= failure;
    for (const reject of this.#running) reject(this.#failure);
  }

  async #end(): Promise<void> {
    this.#fail(new DisposedError('The worker threads were ended while, or before, they worked.'));
    // tinypool has replaced a thread that crashed.
    for (const thread of this.#pool.threads) if (!this.#exits.has(thread)) this.#expectExit(thread);
    // Not awaited: it waits for ever for a thread that has exited by itself.
    this.#pool.destroy().catch(() => {});
    await Promise.all(this.#exits.values());
  }

  #expectExit(thread: TinypoolWorker): void {
    this.#exits.set(thread, new Promise((resolve) => thread.once('exit', () => resolve())));
  }
}

/** The URL of a module that stands beside another, built or not: `besideModule('./face-thread', import.meta.url)`. */
export function besideModule(path: string, url: string): string {
  // Not written as bundlers for browsers recognise it: they would take the module into the page.
  return new URL(path + url.slice(url.lastIndexOf('.')), url).href;
}

/** What a thread runs. Sources are TypeScript: their thread brings what reads them, and takes no options of the program over. */
function threadProgram(): { filename: string; execArgv?: string[] } {
  if (!import.meta.url.endsWith('.ts')) return { filename: besideModule('./thread', import.meta.url) };
  return { filename: new URL('./source-thread.mjs', import.meta.url).href, execArgv: [] };
}

/** Imported by a name that bundlers cannot see: browsers have no worker threads of Node's kind. */
async function importTinypool(workers: number): Promise<typeof import('tinypool')> {
  if (typeof process === 'undefined' || !process.versions?.node) {
    throw new InvalidArgumentError(
      `workers: ${workers} needs Node's worker threads. Leave it out in browsers; one call for many faces is fastest there.`,
    );
  }
  const name = 'tinypool';
  return import(/* @vite-ignore */ /* webpackIgnore: true */ name);
}

function crash(cause: unknown): WorkerError {
  const what = cause instanceof Error ? cause.message : String(cause);
  return new WorkerError(
    `A worker thread ended before its work was done: ${what}. Use fewer workers if memory was short.`,
    {
      cause,
    },
  );
}

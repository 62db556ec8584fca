import * as tf from '@tensorflow/tfjs-core';
import { InvalidArgumentError } from '../errors.js';
import { besideModule, ThreadPool } from '../workers/thread-pool.js';
import { applyGradients, type StepMetrics, type UpdateWeights } from './gradients.js';
import type { Batch, Learner, Settings } from './learner.js';
import { splitBatch, toShares, weightedMetrics } from './shards.js';
import { allocateSharedWeights, SharedWeights } from './shared-weights.js';
import type { Metrics } from './trainer-types.js';

/** What a thread copies a learner from. */
export interface LearnerThreadSetup {
  /** URL of the module that exports the class. */
  module: string;
  className: string;
  config: object;
  memory: SharedArrayBuffer;
  layout: string;
}

/** One part of a batch. */
export interface LearnerThreadTask {
  objective: string;
  batch: Batch;
  settings: Settings;
  part: number;
}

/** A part's results that are not in shared memory. */
export interface LearnerThreadAnswer {
  metrics: Metrics;
  weight: number;
  /** Names of the weights that have a gradient. */
  gradients: string[];
}

type Pool = ThreadPool<LearnerThreadTask, LearnerThreadAnswer>;

/**
 * Worker threads that each take a part of the batch. Their gradients are averaged in the order of the parts, so that a
 * number of workers always gives the same result.
 */
export class WorkerGradients {
  readonly #pool: Pool;
  readonly #memory: SharedWeights;
  readonly #whileBusy: () => void;

  private constructor(pool: Pool, memory: SharedWeights, whileBusy: () => void) {
    this.#pool = pool;
    this.#memory = memory;
    this.#whileBusy = whileBusy;
  }

  /**
   * Starts the threads.
   *
   * @param whileBusy Called while this thread waits for the others.
   * @throws InvalidArgumentError when a thread cannot find the learner's class; what {@link ThreadPool.open} throws.
   */
  static async open(learner: Learner, workers: number, whileBusy: () => void): Promise<WorkerGradients> {
    const buffer = allocateSharedWeights(learner, workers);
    const memory = new SharedWeights(learner, buffer);
    const setup: LearnerThreadSetup = {
      module: moduleOf(learner),
      className: learner.constructor.name,
      config: learner.config,
      memory: buffer,
      layout: memory.layout,
    };
    const module = besideModule('./learner-thread', import.meta.url);
    return new WorkerGradients(await ThreadPool.open({ workers, module, setup }), memory, whileBusy);
  }

  /** Updates weights by an objective's gradients on a batch. */
  async step(objective: string, batch: Batch, update: UpdateWeights, settings: Settings): Promise<StepMetrics> {
    await this.#memory.publish();
    const shards = splitBatch(batch, this.#pool.workers);
    const answers = shards.map(({ batch }, part) => {
      const moved = Object.values(batch).map(({ data }) => data.buffer as ArrayBuffer);
      return this.#pool.run({ objective, batch, settings, part }, moved);
    });
    this.#whileBusy();
    const parts = await Promise.all(answers);
    const shares = toShares(parts.map(({ weight }) => weight));
    const names = new Set(parts.flatMap(({ gradients }) => gradients));
    this.#memory.combineStatistics(toShares(shards.map(({ samples }) => samples)));
    const gradients = this.#memory.combineGradients(names, shares);
    const metrics = weightedMetrics(
      parts.map((part) => part.metrics),
      shares,
    );
    try {
      return await applyGradients(gradients, update, () => metrics);
    } finally {
      tf.dispose(gradients);
    }
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

function moduleOf(learner: Learner): string {
  const Class = learner.constructor as typeof Learner;
  // An inherited one is another class's.
  const module = Object.hasOwn(Class, 'module') ? Class.module : undefined;
  if (module === undefined) {
    throw new InvalidArgumentError(
      `Worker threads cannot find ${Class.name}. Add "static override readonly module = import.meta.url;" to it and export it from a module of its own, or train without workers.`,
    );
  }
  const program = globalThis.process?.argv?.[1]?.replaceAll('\\', '/');
  if (program && decodeURIComponent(new URL(module).pathname).endsWith(program)) {
    throw new InvalidArgumentError(
      `${Class.name} is in the program itself (${module}), which every worker thread would run again. Move it to a module of its own.`,
    );
  }
  return module;
}

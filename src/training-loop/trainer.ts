import type * as tf from '@tensorflow/tfjs-core';
import { assertTrainable } from '../backends/backend-capabilities.js';
import { DatasetError } from '../errors.js';
import type { Network } from '../networks/network.js';
import { Random } from '../random.js';
import { giveTurn } from '../turns.js';
import { ReadAhead } from '../workers/read-ahead.js';
import { assertWorkers } from '../workers/worker-count.js';
import { loadCheckpoint, saveCheckpoint } from './checkpoint.js';
import { assertFiniteMetrics, assertFiniteWeights } from './divergence.js';
import { Events, type TrainerEvents, type Unsubscribe } from './events.js';
import { stepInThread } from './gradients.js';
import type { Batch, LearnerOn, Settings } from './learner.js';
import type { Optimiser } from './optimiser.js';
import { Progress } from './progress.js';
import { RunLog } from './run-log.js';
import type { RunStore } from './run-store.js';
import type { Metrics, TrainerConfig, TrainingState, TrainOptions } from './trainer-types.js';
import { downloadState, restoreState, type SavedState } from './training-state.js';
import { type TrainingWarning, Watch } from './warnings.js';
import { WorkerGradients } from './worker-gradients.js';

/** Random stream of the order of samples. */
const ORDER_STREAM = 1;
const CHECKPOINT_SECONDS = 120;

/**
 * The loop that all trainers share: epochs over shuffled samples, a stepped learning rate, events, metrics,
 * checkpoints, resuming.
 *
 * Random numbers depend on seed, epoch and sample alone, so that a resumed run ends with the same weights, bit for bit
 * on the same backend, as one that never stopped.
 *
 * Name batch and learner in a subclass, so that the compiler knows the objectives: `class MyTrainer extends
 * Trainer<MyConfig, MyBatch, MyLearner>`.
 */
export abstract class Trainer<
  Config extends TrainerConfig,
  OwnBatch extends Batch = Batch,
  OwnLearner extends LearnerOn<OwnBatch> = LearnerOn<OwnBatch>,
> {
  readonly #progress: Progress;
  readonly #events = new Events<TrainerEvents>();
  readonly #log: RunLog;
  readonly #watch = new Watch();
  #lastCheckpoint = 'none was saved yet';
  #savedAt = 0;
  #workers: WorkerGradients | undefined;
  #batches: ReadAhead<OwnBatch> | undefined;

  /**
   * @param config Kept with every checkpoint.
   * @param samples Samples of an epoch.
   * @param store For checkpoints and metrics; nothing is kept without it.
   */
  constructor(
    readonly config: Readonly<Config>,
    protected readonly samples: number,
    protected readonly store?: RunStore,
  ) {
    this.#log = new RunLog(store);
    if (samples === 0) throw new DatasetError('There is nothing to train on: the training set has no samples.');
    this.#progress = new Progress(config, samples);
  }

  /** Where training stands. */
  get state(): TrainingState {
    return this.#progress.state;
  }

  /** Names the kind of trainer in checkpoints. */
  protected abstract readonly name: string;
  /** The networks and their losses. */
  protected abstract readonly learner: OwnLearner;
  /**
   * Reads and augments samples. Random numbers must depend on `this.config.seed`, `epoch` and index alone. With workers
   * it runs during the step before.
   */
  protected abstract prepareBatch(indices: readonly number[], epoch: number): Promise<OwnBatch>;
  /** Updates the weights, once or more, by {@link Trainer.step}. */
  protected abstract trainStep(batch: OwnBatch): Promise<Metrics>;
  /** Measures held-out samples, after each epoch. */
  protected abstract validate(): Promise<Metrics>;
  /** The optimisers by name, kept in checkpoints. */
  protected abstract readonly optimisers: Readonly<Record<string, Optimiser>>;

  /** Further counters that a resumed run needs: none by default. */
  protected saveCounters(): Record<string, number> {
    return {};
  }

  /** Restores what {@link saveCounters} returned. */
  protected restoreCounters(_counters: Readonly<Record<string, number>>): void {}

  /** Describes the data, which a resumed run's must match: the number of samples. Override it to add more. */
  protected describeData(): Record<string, unknown> {
    return { samples: this.samples };
  }

  /** The networks kept in checkpoints: all of the learner's. */
  protected get savedNetworks(): Readonly<Record<string, Network>> {
    return this.learner.networks;
  }

  /** Listens to an event; see {@link TrainerEvents}. */
  on<Name extends keyof TrainerEvents>(name: Name, listener: (state: TrainerEvents[Name]) => unknown): Unsubscribe {
    return this.#events.on(name, listener);
  }

  /**
   * Restores the store's checkpoint, if there is one.
   *
   * @returns Whether there was one.
   * @throws CheckpointError when it is of another configuration or other data; WeightsCorruptError when it is damaged.
   */
  async resume(): Promise<boolean> {
    const checkpoint = this.store && (await loadCheckpoint(this.store, this.name, this.config, this.describeData()));
    if (!checkpoint) return false;
    restoreState(this.#savedState, checkpoint);
    this.restoreCounters(checkpoint.counters);
    this.#progress.resume(checkpoint.counters as { epoch: number; stepInEpoch: number; step: number });
    this.#lastCheckpoint = this.#describeCheckpoint();
    return true;
  }

  /**
   * Trains until the last epoch is over or the signal aborts.
   *
   * @returns Whether the last epoch is over.
   * @throws BackendCapabilityError when the current backend lacks gradients (call `useBackend` first) or cannot run in
   *   worker threads.
   * @throws TrainingDivergedError when a metric becomes NaN or infinite; the last checkpoint stays.
   * @throws InvalidArgumentError when worker threads cannot find the learner's class, or `workers` is not a positive
   *   integer.
   * @throws WorkerError when a worker thread ends early or throws an error other than this library's.
   */
  async train({ signal, workers = 1 }: TrainOptions = {}): Promise<boolean> {
    assertTrainable();
    assertWorkers(workers);
    if (workers > 1) {
      this.#workers = await WorkerGradients.open(this.learner, workers, () => this.#batches?.prepare());
    }
    try {
      return await this.#run(signal);
    } finally {
      await this.#workers?.close();
      this.#workers = undefined;
      await this.#batches?.settle();
      this.#batches = undefined;
    }
  }

  /** Frees the networks and the optimisers. */
  dispose(): void {
    this.learner.dispose();
    for (const optimiser of Object.values(this.optimisers)) optimiser.dispose();
  }

  /**
   * Emits a warning, once for each `kind`, when something has looked wrong for 100 steps in a row.
   *
   * @param message What it means, and what to try.
   */
  protected async watch(kind: string, looksWrong: boolean, message: string): Promise<void> {
    if (!this.#watch.isDue(kind, looksWrong)) return;
    const warning: TrainingWarning = Object.freeze({ kind, message, step: this.state.step + 1 });
    await this.#log.warning({ step: warning.step, epoch: this.state.epoch }, kind, message);
    await this.#events.emit('warning', warning);
  }

  /**
   * Updates weights by the gradients of one of the learner's objectives on a batch, in this thread or split over the
   * workers: `this.step('heatmaps', batch, (gradients) => this.optimiser.apply(gradients, rate))`. The gradients are
   * disposed for you.
   *
   * @returns The objective's terms, and `gradientNorm`, the norm of all gradients as one vector.
   */
  protected step(
    objective: keyof OwnLearner['objectives'] & string,
    batch: OwnBatch,
    update: (gradients: tf.NamedTensorMap) => void,
    settings: Settings = {},
  ): Promise<{ loss: number; gradientNorm: number } & Metrics> {
    return this.#workers
      ? this.#workers.step(objective, batch, update, settings)
      : stepInThread(this.learner, objective, batch, update, settings);
  }

  async #run(signal: AbortSignal | undefined): Promise<boolean> {
    await this.#log.begin(this.state);
    this.#progress.start();
    this.#savedAt = performance.now();
    while (this.state.epoch < this.config.epochs) {
      if (!(await this.#trainEpoch(signal))) {
        await this.saveCheckpoint();
        return false;
      }
      this.#progress.finishEpoch(await this.validate());
      await this.#log.validation(this.state, this.state.validation);
      await this.#events.emit('epoch', this.state);
      await this.saveCheckpoint();
    }
    return true;
  }

  /** Does the remaining steps of the epoch; false when the signal stopped it. */
  async #trainEpoch(signal: AbortSignal | undefined): Promise<boolean> {
    this.#progress.beginEpoch();
    this.#batches = new ReadAhead(this.#batchesOf(this.state.epoch, this.state.stepInEpoch));
    while (this.state.stepInEpoch < this.state.stepsPerEpoch) {
      if (signal?.aborted) return false;
      const batch = await this.#batches.take();
      await giveTurn();
      const metrics = await this.trainStep(batch!);
      assertFiniteMetrics(metrics, { ...this.state, lastCheckpoint: this.#lastCheckpoint });
      this.#progress.finishStep(metrics);
      const { learningRate, samplesPerSecond } = this.state;
      await this.#log.step(this.state, { learningRate, samplesPerSecond, ...metrics });
      await this.#events.emit('step', this.state);
      await giveTurn();
      if (performance.now() - this.#savedAt > CHECKPOINT_SECONDS * 1000) await this.saveCheckpoint();
    }
    return true;
  }

  /** An epoch's batches, in the epoch's order of samples. */
  async *#batchesOf(epoch: number, firstStep: number): AsyncGenerator<OwnBatch> {
    const { seed, batchSize } = this.config;
    const order = new Random(seed, ORDER_STREAM, epoch).shuffle(Array.from({ length: this.samples }, (_, i) => i));
    for (let first = firstStep * batchSize; first < order.length; first += batchSize) {
      yield await this.prepareBatch(order.slice(first, first + batchSize), epoch);
    }
  }

  /**
   * Saves a checkpoint, if there is a store.
   *
   * @throws TrainingDivergedError when weights are NaN or infinite; the last checkpoint stays.
   */
  async saveCheckpoint(): Promise<void> {
    if (!this.store) return;
    const { epoch, stepInEpoch, step } = this.state;
    const { tensors, steps } = await downloadState(this.#savedState);
    assertFiniteWeights(tensors, { ...this.state, lastCheckpoint: this.#lastCheckpoint });
    const counters = { epoch, stepInEpoch, step, ...steps, ...this.saveCounters() };
    const { name: trainer, config, store } = this;
    await saveCheckpoint(store, { trainer, config, data: this.describeData(), counters, tensors });
    this.#lastCheckpoint = this.#describeCheckpoint();
    this.#savedAt = performance.now();
    await this.#events.emit('checkpoint', this.state);
  }

  get #savedState(): SavedState {
    return { networks: this.savedNetworks, optimisers: this.optimisers };
  }

  #describeCheckpoint(): string {
    return `the last good one is of step ${this.state.step}, in ${this.store?.location}`;
  }
}

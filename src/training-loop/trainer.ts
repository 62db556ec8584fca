import type * as tf from '@tensorflow/tfjs-core';
import { assertTrainable } from '../backends/backend-capabilities.js';
import { DatasetError, TrainingDivergedError } from '../errors.js';
import type { PlainTensor } from '../formats/safetensors.js';
import type { Network } from '../networks/network.js';
import { Random } from '../random.js';
import { assertWorkers } from '../workers/worker-count.js';
import { loadCheckpoint, saveCheckpoint } from './checkpoint.js';
import { Events, type Unsubscribe } from './events.js';
import { type GradientEngine, LocalGradients } from './gradient-engine.js';
import { gradientNorm } from './gradient-norm.js';
import type { Batch as AnyBatch, Learner, Settings } from './learner.js';
import type { Optimiser } from './optimiser.js';
import { ReadAhead } from './read-ahead.js';
import { RunLog } from './run-log.js';
import type { RunStore } from './run-store.js';
import { steppedLearningRate } from './schedule.js';
import type { Metrics, TrainerConfig, TrainerEvents, TrainingState, TrainOptions } from './trainer-types.js';
import { downloadState, restoreState, type SavedState } from './training-state.js';
import { type TrainingWarning, Watch } from './warnings.js';
import { WorkerGradients } from './worker-gradients.js';

/** Keeps the numbers for a sample's order apart from those for its augmentation. */
const ORDER_STREAM = 1;
const CHECKPOINT_SECONDS = 120;

/**
 * The loop that all trainers share: epochs over shuffled samples, a stepped learning rate, events, metrics, checkpoints, resuming.
 *
 * Random numbers are a function of seed, epoch and sample alone, so that a run resumed from a checkpoint ends, on the same backend,
 * with the same weights, bit for bit, as one that never stopped.
 */
export abstract class Trainer<Config extends TrainerConfig, Batch extends AnyBatch> {
  readonly state: TrainingState;
  readonly #events = new Events<TrainerEvents>();
  readonly #log: RunLog;
  readonly #watch = new Watch();
  #lastCheckpoint = 'none was saved yet';
  #engine: GradientEngine | undefined;
  #batches: ReadAhead<Batch> | undefined;

  /**
   * @param config Complete; kept with every checkpoint.
   * @param samples How many samples an epoch has.
   * @param store Where checkpoints and metrics go; nothing is kept without it.
   */
  constructor(
    readonly config: Readonly<Config>,
    protected readonly samples: number,
    protected readonly store?: RunStore,
  ) {
    this.#log = new RunLog(store);
    if (samples === 0) throw new DatasetError('There is nothing to train on: the training set has no samples.');
    this.state = {
      epoch: 0,
      stepInEpoch: 0,
      stepsPerEpoch: Math.ceil(samples / config.batchSize),
      step: 0,
      learningRate: config.learningRate,
      metrics: {},
      validation: {},
      samplesPerSecond: 0,
      secondsLeft: Number.NaN,
    };
  }

  /** Names the kind of trainer in checkpoints. */
  protected abstract readonly name: string;
  /** The networks and their losses. */
  protected abstract readonly learner: Learner;
  /**
   * Reads and augments samples. Every random number must come from `this.config.seed`, `epoch` and the index. With workers it is called
   * while the step before is under way.
   */
  protected abstract prepareBatch(indices: readonly number[], epoch: number): Promise<Batch>;
  /** One or more updates of the weights, by {@link Trainer.step}. */
  protected abstract trainStep(batch: Batch): Promise<Metrics>;
  /** Measures held-out samples after an epoch. */
  protected abstract validate(): Promise<Metrics>;
  /** The optimisers by name; checkpoints hold them. */
  protected abstract readonly optimisers: Readonly<Record<string, Optimiser>>;

  /** Counters beside epoch and step that a resumed run needs: none by default. */
  protected saveCounters(): Record<string, number> {
    return {};
  }

  /** Goes back to what {@link saveCounters} saved. */
  protected restoreCounters(_counters: Readonly<Record<string, number>>): void {}

  /** What checkpoints tell of the data, for a resumed run to be held to: how many samples there are. Override it to hold it to more. */
  protected describeData(): Record<string, unknown> {
    return { samples: this.samples };
  }

  /** The networks that checkpoints hold: all that the learner has. */
  protected get savedNetworks(): Readonly<Record<string, Network>> {
    return this.learner.networks;
  }

  /** Listens to an event; see {@link TrainerEvents}. */
  on<Name extends keyof TrainerEvents>(name: Name, listener: (state: TrainerEvents[Name]) => unknown): Unsubscribe {
    return this.#events.on(name, listener);
  }

  /**
   * Goes back to the store's checkpoint, if there is one.
   *
   * @returns Whether there was one.
   * @throws CheckpointError when it is of another configuration or other data; WeightsCorruptError when it is damaged.
   */
  async resume(): Promise<boolean> {
    const checkpoint = this.store && (await loadCheckpoint(this.store, this.name, this.config, this.describeData()));
    if (!checkpoint) return false;
    const { epoch, stepInEpoch, step } = checkpoint.counters as { epoch: number; stepInEpoch: number; step: number };
    restoreState(this.#savedState, checkpoint);
    this.restoreCounters(checkpoint.counters);
    Object.assign(this.state, { epoch, stepInEpoch, step });
    this.#lastCheckpoint = this.#describeCheckpoint();
    return true;
  }

  /**
   * Trains until the last epoch is over or the signal aborts.
   *
   * @returns Whether the last epoch was reached.
   * @throws BackendCapabilityError when the current backend lacks gradients: call `useBackend` first; or cannot be had by every worker.
   * @throws TrainingDivergedError when a metric becomes NaN or infinite; the last checkpoint is from before.
   * @throws InvalidArgumentError when worker threads cannot find the learner's class, or `workers` is no whole number of at least 1.
   * @throws WorkerError when a worker thread ends early, or an error other than this library's is thrown in it.
   */
  async train({ signal, workers = 1 }: TrainOptions = {}): Promise<boolean> {
    assertTrainable();
    assertWorkers(workers);
    if (workers > 1) {
      this.#engine = await WorkerGradients.open(this.learner, workers, () => this.#batches?.prepare());
    }
    try {
      return await this.#run(signal);
    } finally {
      await this.#engine?.close();
      this.#engine = undefined;
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
   * Warns, once, when something has looked wrong for many steps in a row.
   *
   * @param kind Names it for programs.
   * @param looksWrong Whether it does after this step.
   * @param message What it means, and what to try.
   */
  protected async watch(kind: string, looksWrong: boolean, message: string): Promise<void> {
    if (!this.#watch.isDue(kind, looksWrong)) return;
    const warning: TrainingWarning = { kind, message, step: this.state.step + 1 };
    await this.#log.warning({ step: warning.step, epoch: this.state.epoch }, kind, message);
    await this.#events.emit('warning', warning);
  }

  /**
   * Computes the gradients of one of the learner's objectives on a batch, in this thread or split over the workers, and has the weights
   * updated by them: `this.step('heatmaps', batch, (gradients) => this.optimiser.apply(gradients, rate))`. The gradients stay its own.
   *
   * @param settings Numbers that the objective takes.
   * @returns What the objective tells, and `gradientNorm`, the length of all gradients together.
   */
  protected async step(
    objective: string,
    batch: Batch,
    update: (gradients: tf.NamedTensorMap) => void,
    settings?: Settings,
  ): Promise<{ loss: number; gradientNorm: number } & Metrics> {
    const engine = this.#engine ?? new LocalGradients(this.learner);
    let norm: tf.Scalar | undefined;
    try {
      const metrics = await engine.step(
        objective,
        batch,
        (gradients) => {
          norm = gradientNorm(gradients);
          update(gradients);
        },
        settings,
      );
      const [length] = await norm!.data();
      return { ...(metrics as { loss: number }), gradientNorm: length! };
    } finally {
      norm?.dispose();
    }
  }

  async #run(signal: AbortSignal | undefined): Promise<boolean> {
    const { config, state } = this;
    await this.#log.begin(state);
    const clock = { started: performance.now(), saved: performance.now(), samples: 0 };
    while (state.epoch < config.epochs) {
      const order = new Random(config.seed, ORDER_STREAM, state.epoch).shuffle(
        Array.from({ length: this.samples }, (_, i) => i),
      );
      const samplesOf = (step: number) => order.slice(step * config.batchSize, (step + 1) * config.batchSize);
      const prepare = (step: number) => this.prepareBatch(samplesOf(step), state.epoch);
      this.#batches = new ReadAhead(prepare, state.stepInEpoch, state.stepsPerEpoch);
      state.learningRate = steppedLearningRate(config.learningRate, config.milestones, state.epoch);
      while (state.stepInEpoch < state.stepsPerEpoch) {
        if (signal?.aborted) {
          await this.saveCheckpoint();
          return false;
        }
        state.metrics = await this.trainStep(await this.#batches.take());
        this.#assertFinite(state.metrics);
        clock.samples += samplesOf(state.stepInEpoch).length;
        state.stepInEpoch++;
        state.step++;
        this.#measureSpeed(clock.samples, (performance.now() - clock.started) / 1000);
        const { learningRate, samplesPerSecond } = state;
        await this.#log.step(state, { learningRate, samplesPerSecond, ...state.metrics });
        await this.#events.emit('step', state);
        if (performance.now() - clock.saved > CHECKPOINT_SECONDS * 1000) {
          await this.saveCheckpoint();
          clock.saved = performance.now();
        }
      }
      state.validation = await this.validate();
      state.epoch++;
      state.stepInEpoch = 0;
      await this.#log.validation(state, state.validation);
      await this.#events.emit('epoch', state);
      await this.saveCheckpoint();
      clock.saved = performance.now();
    }
    return true;
  }

  /**
   * Saves a checkpoint now, if there is a store.
   *
   * @throws TrainingDivergedError when weights are NaN or infinite: the checkpoint before is worth more.
   */
  async saveCheckpoint(): Promise<void> {
    if (!this.store) return;
    const { epoch, stepInEpoch, step } = this.state;
    const { tensors, steps } = await downloadState(this.#savedState);
    this.#assertFiniteWeights(tensors);
    await saveCheckpoint(this.store, {
      trainer: this.name,
      config: this.config,
      data: this.describeData(),
      counters: { epoch, stepInEpoch, step, ...steps, ...this.saveCounters() },
      tensors,
    });
    this.#lastCheckpoint = this.#describeCheckpoint();
    await this.#events.emit('checkpoint', this.state);
  }

  get #savedState(): SavedState {
    return { networks: this.savedNetworks, optimisers: this.optimisers };
  }

  #describeCheckpoint(): string {
    return `the last good one is of step ${this.state.step}, in ${this.store?.location}`;
  }

  #assertFinite(metrics: Metrics): void {
    const broken = Object.keys(metrics).find((key) => !Number.isFinite(metrics[key]));
    if (!broken) return;
    this.#diverged(`${broken} became ${metrics[broken]} at step ${this.state.step + 1}`);
  }

  #assertFiniteWeights(tensors: Record<string, PlainTensor>): void {
    const broken = Object.keys(tensors).find((name) => !tensors[name]!.data.every(Number.isFinite));
    if (broken) this.#diverged(`${broken} holds NaN or infinite numbers after step ${this.state.step}`);
  }

  #diverged(what: string): never {
    throw new TrainingDivergedError(
      `${what}. Lower the learning rate (${this.state.learningRate}) or look for broken samples; checkpoint: ${this.#lastCheckpoint}.`,
    );
  }

  #measureSpeed(samples: number, seconds: number): void {
    const { state, config } = this;
    state.samplesPerSecond = samples / seconds;
    const stepsLeft = (config.epochs - state.epoch) * state.stepsPerEpoch - state.stepInEpoch;
    state.secondsLeft = (stepsLeft * config.batchSize) / state.samplesPerSecond;
  }
}

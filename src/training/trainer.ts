import { assertTrainable } from '../backends/backend-capabilities.js';
import { Random } from '../data/random.js';
import type { PlainTensor } from '../data/safetensors.js';
import { DatasetError, TrainingDivergedError } from '../errors.js';
import { assertWorkers } from '../workers/worker-count.js';
import { type Checkpoint, loadCheckpoint, saveCheckpoint } from './checkpoint.js';
import { Events, type Unsubscribe } from './events.js';
import { type GradientEngine, LocalGradients, type UpdateWeights } from './gradient-engine.js';
import type { Batch as AnyBatch, Learner, Settings } from './learner.js';
import { ReadAhead } from './read-ahead.js';
import type { RunStore } from './run-store.js';
import { steppedLearningRate } from './schedule.js';
import { WorkerGradients } from './worker-gradients.js';

/** What every trainer is configured with. Defaults are the paper's (section 4.1), except where a preset says otherwise. */
export interface TrainerConfig {
  /** Fixes the order of the samples and everything random about them. */
  seed: number;
  epochs: number;
  batchSize: number;
  /** Adam's rate in the first epoch. */
  learningRate: number;
  /** Epochs (counted from 0) at which the rate is halved. */
  milestones: number[];
}

/** Named numbers of one step or one validation. */
export type Metrics = Record<string, number>;

/** Where training stands: plain fields, readable at any time. */
export interface TrainingState {
  /** The current epoch, counted from 0; equals `config.epochs` when training is over. */
  epoch: number;
  /** Steps made in this epoch. */
  stepInEpoch: number;
  stepsPerEpoch: number;
  /** Steps made since the beginning of the run. */
  step: number;
  learningRate: number;
  /** Of the last step. */
  metrics: Metrics;
  /** Of the last validation; empty before the first. */
  validation: Metrics;
  /** Throughput since training began or was resumed. */
  samplesPerSecond: number;
  secondsLeft: number;
}

/** What a trainer tells. */
export interface TrainerEvents {
  /** After each step. */
  step: TrainingState;
  /** After each epoch, validation included. */
  epoch: TrainingState;
  /** After a checkpoint was written. */
  checkpoint: TrainingState;
}

/** How a call of `train` goes. */
export interface TrainOptions {
  /** Stops after the current step and saves a checkpoint. */
  signal?: AbortSignal;
  /**
   * How many worker threads share a batch, in Node with the wasm or cpu backend: as many as there are cores. This thread prepares the next
   * batch meanwhile. By default 1, which is none: everything happens in this thread. BatchNorm sees each thread's part of the batch by
   * itself, so that another number gives slightly other weights; the same number always gives the same.
   */
  workers?: number;
}

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
  /** Every tensor that a resumed run needs. */
  protected abstract saveTensors(): Promise<Record<string, PlainTensor>>;
  /** Goes back to what {@link saveTensors} and {@link saveCounters} saved. */
  protected abstract restoreTensors(checkpoint: Checkpoint): void;
  /** Counters beside epoch and step that a resumed run needs. */
  protected abstract saveCounters(): Record<string, number>;

  /** Listens to an event; see {@link TrainerEvents}. */
  on<Name extends keyof TrainerEvents>(name: Name, listener: (state: TrainerEvents[Name]) => unknown): Unsubscribe {
    return this.#events.on(name, listener);
  }

  /**
   * Goes back to the store's checkpoint, if there is one.
   *
   * @returns Whether there was one.
   * @throws CheckpointError when it is of another configuration; WeightsCorruptError when it is damaged.
   */
  async resume(): Promise<boolean> {
    const checkpoint = this.store && (await loadCheckpoint(this.store, this.name, this.config));
    if (!checkpoint) return false;
    const { epoch, stepInEpoch, step } = checkpoint.counters as { epoch: number; stepInEpoch: number; step: number };
    this.restoreTensors(checkpoint);
    Object.assign(this.state, { epoch, stepInEpoch, step });
    this.#lastCheckpoint = this.#describeCheckpoint();
    await this.#dropLaterMetrics();
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

  /**
   * Computes the gradients of one of the learner's objectives on a batch, in this thread or split over the workers, and has the weights
   * updated by them: `this.step('heatmaps', batch, (gradients) => this.optimiser.apply(gradients, rate))`. The gradients stay its own.
   *
   * @param settings Numbers that the objective takes.
   * @returns What the objective tells.
   */
  protected step(objective: string, batch: Batch, update: UpdateWeights, settings?: Settings): Promise<Metrics> {
    const engine = this.#engine ?? new LocalGradients(this.learner);
    return engine.step(objective, batch, update, settings);
  }

  async #run(signal: AbortSignal | undefined): Promise<boolean> {
    const { config, state } = this;
    if (state.step === 0) await this.#dropLaterMetrics();
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
        await this.#log({ step: state.step, epoch: state.epoch, learningRate: state.learningRate, ...state.metrics });
        await this.#events.emit('step', state);
        if (performance.now() - clock.saved > CHECKPOINT_SECONDS * 1000) {
          await this.saveCheckpoint();
          clock.saved = performance.now();
        }
      }
      state.validation = await this.validate();
      state.epoch++;
      state.stepInEpoch = 0;
      await this.#log({ step: state.step, epoch: state.epoch, validation: state.validation });
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
    const tensors = await this.saveTensors();
    this.#assertFiniteWeights(tensors);
    await saveCheckpoint(this.store, {
      trainer: this.name,
      config: this.config,
      counters: { epoch, stepInEpoch, step, ...this.saveCounters() },
      tensors,
    });
    this.#lastCheckpoint = this.#describeCheckpoint();
    await this.#events.emit('checkpoint', this.state);
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

  async #log(entry: object): Promise<void> {
    await this.store?.append(METRICS_FILE, `${JSON.stringify(entry)}\n`);
  }

  /** What happened after the point we start from will happen again, and must not be in the file twice. */
  async #dropLaterMetrics(): Promise<void> {
    const file = await this.store?.read(METRICS_FILE);
    if (!file) return;
    const lines = new TextDecoder().decode(file).split('\n').filter(Boolean);
    const kept = lines.filter((line) => {
      const entry = parseEntry(line);
      return entry && entry.step <= this.state.step && entry.epoch <= this.state.epoch;
    });
    await this.store?.write(METRICS_FILE, kept.map((line) => `${line}\n`).join(''));
  }
}

const METRICS_FILE = 'metrics.jsonl';

function parseEntry(line: string): { step: number; epoch: number } | undefined {
  try {
    return JSON.parse(line);
  } catch {
    // A process killed while appending leaves half a line.
    return undefined;
  }
}

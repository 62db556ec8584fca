/**
 * What every trainer is configured with. Defaults are the paper's (section 4.1), except where a preset says otherwise.
 */
export interface TrainerConfig {
  /** Fixes the order of the samples and everything random about them. */
  seed: number;
  epochs: number;
  batchSize: number;
  /** The optimiser's rate in the first epoch. */
  learningRate: number;
  /** Epochs (counted from 0) at which the rate is halved. */
  milestones: number[];
}

/** Named numbers of one step or one validation. */
export type Metrics = Record<string, number>;

/** Where training stood at one moment. It never changes: the next moment has a state of its own. */
export interface TrainingState {
  /** The current epoch, counted from 0; equals `config.epochs` when training is over. */
  readonly epoch: number;
  /** Steps made in this epoch. */
  readonly stepInEpoch: number;
  readonly stepsPerEpoch: number;
  /** Steps made since the beginning of the run. */
  readonly step: number;
  readonly learningRate: number;
  /** Of the last step. */
  readonly metrics: Readonly<Metrics>;
  /** Of the last validation; empty before the first. */
  readonly validation: Readonly<Metrics>;
  /** Throughput since training began or was resumed. */
  readonly samplesPerSecond: number;
  readonly secondsLeft: number;
}

/** How a call of `train` goes. */
export interface TrainOptions {
  /** Stops after the current step and saves a checkpoint. */
  signal?: AbortSignal;
  /**
   * How many worker threads share a batch, in Node with the wasm or cpu backend: as many as there are cores. This
   * thread prepares the next batch meanwhile. By default 1, which is none: everything happens in this thread. BatchNorm
   * sees each thread's part of the batch by itself, so that another number gives slightly other weights; the same
   * number always gives the same.
   */
  workers?: number;
}

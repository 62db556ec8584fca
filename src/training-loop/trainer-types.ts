/** What all trainers' configurations share. */
export interface TrainerConfig {
  /** Fixes the order of the samples and all random numbers. */
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

/** An immutable snapshot of where training stands. */
export interface TrainingState {
  /** Counted from 0; `config.epochs` when training is over. */
  readonly epoch: number;
  /** Steps done in this epoch. */
  readonly stepInEpoch: number;
  readonly stepsPerEpoch: number;
  /** Steps done in the run. */
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

/** Options of `train`. */
export interface TrainOptions {
  /** Stops after the current step and saves a checkpoint. */
  signal?: AbortSignal;
  /**
   * Worker threads that share a batch, in Node with the wasm or cpu backend, best one per core; this thread prepares
   * the next batch meanwhile. 1, the default, trains in this thread. BatchNorm sees each thread's part separately, so
   * other numbers give slightly other weights; the same number always gives the same.
   */
  workers?: number;
}

import { steppedLearningRate } from './schedule.js';
import type { Metrics, TrainerConfig, TrainingState } from './trainer-types.js';

/** Where a run stands, and its speed. */
export class Progress {
  readonly #config: TrainerConfig;
  readonly #samples: number;
  #state: TrainingState;
  #started = 0;
  #samplesSinceStart = 0;

  /** @param samples Samples of an epoch. */
  constructor(config: TrainerConfig, samples: number) {
    this.#config = config;
    this.#samples = samples;
    this.#state = Object.freeze({
      epoch: 0,
      stepInEpoch: 0,
      stepsPerEpoch: Math.ceil(samples / config.batchSize),
      step: 0,
      learningRate: config.learningRate,
      metrics: Object.freeze({}),
      validation: Object.freeze({}),
      samplesPerSecond: 0,
      secondsLeft: Number.NaN,
    });
  }

  get state(): TrainingState {
    return this.#state;
  }

  /** Measures the speed from now on. */
  start(): void {
    this.#started = performance.now();
    this.#samplesSinceStart = 0;
  }

  /** Continues where a checkpoint was saved. */
  resume({ epoch, stepInEpoch, step }: Pick<TrainingState, 'epoch' | 'stepInEpoch' | 'step'>): void {
    this.#moveTo({ epoch, stepInEpoch, step });
  }

  /** Sets the epoch's learning rate. */
  beginEpoch(): void {
    const { learningRate, milestones } = this.#config;
    this.#moveTo({ learningRate: steppedLearningRate(learningRate, milestones, this.#state.epoch) });
  }

  finishStep(metrics: Metrics): void {
    const { epochs, batchSize } = this.#config;
    const { epoch, stepInEpoch, stepsPerEpoch, step } = this.#state;
    // The last batch of an epoch may be smaller.
    this.#samplesSinceStart += Math.min(batchSize, this.#samples - stepInEpoch * batchSize);
    const samplesPerSecond = this.#samplesSinceStart / ((performance.now() - this.#started) / 1000);
    const stepsLeft = (epochs - epoch) * stepsPerEpoch - stepInEpoch - 1;
    this.#moveTo({
      metrics: Object.freeze({ ...metrics }),
      stepInEpoch: stepInEpoch + 1,
      step: step + 1,
      samplesPerSecond,
      secondsLeft: (stepsLeft * batchSize) / samplesPerSecond,
    });
  }

  finishEpoch(validation: Metrics): void {
    this.#moveTo({ validation: Object.freeze({ ...validation }), epoch: this.#state.epoch + 1, stepInEpoch: 0 });
  }

  #moveTo(changes: Partial<TrainingState>): void {
    this.#state = Object.freeze({ ...this.#state, ...changes });
  }
}

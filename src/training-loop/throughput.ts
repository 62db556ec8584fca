import type { TrainingState } from './trainer-types.js';

/** Measures how fast a run goes, from when it is made. */
export class Throughput {
  readonly #started = performance.now();
  #samples = 0;

  /**
   * After a step.
   *
   * @param samples How many the step took.
   * @param samplesLeft How many the run has still to take.
   */
  measure(samples: number, samplesLeft: number): Pick<TrainingState, 'samplesPerSecond' | 'secondsLeft'> {
    this.#samples += samples;
    const samplesPerSecond = this.#samples / ((performance.now() - this.#started) / 1000);
    return { samplesPerSecond, secondsLeft: samplesLeft / samplesPerSecond };
  }
}

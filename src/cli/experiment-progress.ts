import { SingleBar } from 'cli-progress';
import type { ExperimentEvent, FacesProgress, TrainingProgress } from '../experiments/experiment.js';
import type { Metrics } from '../training-loop/trainer-types.js';
import type { CommandOutput } from './run-command.js';

const SECONDS_BETWEEN_LINES = 30;
const CLEAR_LINE = '\r\u001b[K';
const TRAINING_BAR = '{bar} epoch {epoch} | step {value}/{total} | {text}';
const FACES_BAR = '{bar} {name} | {value}/{total} faces, {lost} lost | {eta_formatted} left';

/** An experiment's events on standard error: bars on a terminal, a line every 30 seconds elsewhere. */
export class ExperimentProgress {
  readonly #stderr: CommandOutput['stderr'];
  #bar: SingleBar | undefined;
  /** What the bar, or the last line, is about. */
  #activity: string | undefined;
  #lastLine = 0;
  #place: string | undefined;

  constructor(stderr: CommandOutput['stderr']) {
    this.#stderr = stderr;
  }

  /** Where the experiment is, in words: `in S4 at step 12`. */
  get place(): string | undefined {
    return this.#place;
  }

  /** Clears the bar. */
  stop(): void {
    this.#bar?.stop();
    this.#bar = undefined;
    this.#activity = undefined;
  }

  readonly onProgress = (event: ExperimentEvent): void => {
    switch (event.kind) {
      case 'note':
        this.#line(event.message);
        break;
      case 'training-warning':
        this.#line(`warning at step ${event.step}: ${event.message}`);
        break;
      case 'training-started': {
        const { training, backend, samples, heldOut, parameterCount } = event;
        const data = `${samples} samples an epoch, ${heldOut} held out`;
        this.stop();
        this.#line(`${training} on ${backend}: ${data}, ${parameterCount} weights.`);
        this.#training(event);
        break;
      }
      case 'training-step':
        this.#training(event);
        break;
      case 'training-epoch':
        this.#place = placeIn(event);
        this.#line(`epoch ${event.state.epoch}/${event.epochs}: ${describe(event.state.validation)}`);
        break;
      case 'faces-predicted':
        this.#place = `after ${event.done} of ${event.total} faces of ${event.name}`;
        this.#faces(event);
        if (event.done === event.total) {
          this.#line(`${event.name}: ${event.total} faces${event.lost > 0 ? `, ${event.lost} lost` : ''}.`);
        }
        break;
      case 'faces-aligned':
        this.#place = `in ${event.name}`;
        this.#faces(event);
        break;
    }
  };

  #training(progress: TrainingProgress): void {
    const { training, epochs, state } = progress;
    this.#place = placeIn(progress);
    const [epoch, text] = [state.epoch + 1, speedOf(progress)];
    const line = `epoch ${epoch}, step ${state.stepInEpoch}/${state.stepsPerEpoch}: ${text}`;
    const values = { epoch: `${epoch}/${epochs}`, text };
    this.#show(training, state.step, epochs * state.stepsPerEpoch, TRAINING_BAR, values, line);
  }

  #faces({ name, done, total, lost }: FacesProgress): void {
    const line = `${name}: ${done}/${total} faces, ${lost} lost`;
    this.#show(`${name} ${total}`, done, total, FACES_BAR, { name, lost }, line);
    if (done === total) this.stop();
  }

  /** Updates the activity's bar, or writes a line when the last one is long ago. */
  #show(activity: string, done: number, total: number, format: string, values: object, line: string): void {
    const isNew = activity !== this.#activity;
    if (isNew) {
      this.stop();
      this.#activity = activity;
      this.#lastLine = performance.now();
    }
    if (!this.#stderr.isTTY) {
      if (performance.now() - this.#lastLine < SECONDS_BETWEEN_LINES * 1000) return;
      this.#line(line);
      this.#lastLine = performance.now();
      return;
    }
    if (isNew) {
      const stream = this.#stderr as NodeJS.WritableStream;
      this.#bar = new SingleBar({ format, hideCursor: true, clearOnComplete: true, stream });
      // The bar starts where a resumed run does: what was done before would distort the time left.
      this.#bar.start(total, done, values);
    }
    this.#bar!.update(done, values);
  }

  #line(text: string): void {
    this.#stderr.write(`${this.#stderr.isTTY ? CLEAR_LINE : ''}${text}\n`);
  }
}

function placeIn({ training, state }: TrainingProgress): string {
  return `in ${training} at step ${state.step}`;
}

function speedOf({ state }: TrainingProgress): string {
  if (Object.keys(state.metrics).length === 0) return '';
  const minutes = Math.ceil(state.secondsLeft / 60);
  return `${describe(state.metrics)} | ${state.samplesPerSecond.toFixed(1)} faces/s | ${minutes} min left`;
}

function describe(metrics: Readonly<Metrics>): string {
  return Object.entries(metrics)
    .map(([name, value]) => `${name} ${value.toPrecision(4)}`)
    .join(', ');
}

import { encodeEventsHeader, encodeScalarsEvent } from '../formats/tensorboard-events.js';
import type { RunStore } from './run-store.js';
import type { Metrics, TrainingState } from './trainer-types.js';

/** The metrics of a run, a JSON object in each line. */
const METRICS_FILE = 'metrics.jsonl';

type Moment = Pick<TrainingState, 'step' | 'epoch'>;

/** Logs a run in its store: as lines of JSON, and as event files for TensorBoard. */
export class RunLog {
  readonly #store: RunStore | undefined;
  #eventsFile = '';

  constructor(store: RunStore | undefined) {
    this.#store = store;
  }

  /** Starts to log after a moment of the run. Later entries are dropped: those steps will be done and logged again. */
  async begin({ step, epoch }: Moment): Promise<void> {
    await this.#dropAfter({ step, epoch });
    const wallTime = Date.now() / 1000;
    // TensorBoard reads each file up to the first incomplete record, in the order of names: a resumed run gets a new
    // file, even within the second in which it was killed.
    let second = Math.floor(wallTime);
    while (await this.#store?.read(eventsFile(second))) second++;
    this.#eventsFile = eventsFile(second);
    await this.#store?.append(this.#eventsFile, encodeEventsHeader({ step: step + 1, wallTime }));
  }

  /** The metrics of a step, as `train/...` in TensorBoard. */
  async step({ step, epoch }: Moment, metrics: Readonly<Metrics>): Promise<void> {
    await this.#append({ step, epoch, ...metrics });
    await this.#event('train', step, metrics);
  }

  /** The metrics of held-out samples after an epoch, as `validation/...` in TensorBoard. */
  async validation({ step, epoch }: Moment, validation: Readonly<Metrics>): Promise<void> {
    await this.#append({ step, epoch, validation });
    await this.#event('validation', step, validation);
  }

  async warning({ step, epoch }: Moment, warning: string, message: string): Promise<void> {
    await this.#append({ step, epoch, warning, message });
  }

  async #append(entry: object): Promise<void> {
    await this.#store?.append(METRICS_FILE, `${JSON.stringify(entry)}\n`);
  }

  async #event(group: string, step: number, metrics: Readonly<Metrics>): Promise<void> {
    const scalars = Object.entries(metrics).map(([name, value]) => [`${group}/${name}`, value]);
    if (scalars.length === 0) return;
    const time = { step, wallTime: Date.now() / 1000 };
    await this.#store?.append(this.#eventsFile, encodeScalarsEvent(Object.fromEntries(scalars), time));
  }

  async #dropAfter({ step, epoch }: Moment): Promise<void> {
    const file = await this.#store?.read(METRICS_FILE);
    if (!file) return;
    const kept = new TextDecoder()
      .decode(file)
      .split('\n')
      .filter((line) => {
        const entry = parseEntry(line);
        return entry && entry.step <= step && entry.epoch <= epoch;
      });
    await this.#store?.write(METRICS_FILE, kept.map((line) => `${line}\n`).join(''));
  }
}

function eventsFile(second: number): string {
  return `events.out.tfevents.${second}.lowres-landmarks`;
}

function parseEntry(line: string): Moment | undefined {
  try {
    return JSON.parse(line);
  } catch {
    // Empty after the last line, or half a line of a process killed while appending.
    return undefined;
  }
}

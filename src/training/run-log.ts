import type { RunStore } from './run-store.js';

/** The metrics of a run, a JSON object in each line. */
export const METRICS_FILE = 'metrics.jsonl';

/** Where in a run something happened. */
export interface Moment {
  /** Steps made since the beginning. */
  step: number;
  /** Epochs that are over. */
  epoch: number;
}

/** Keeps what a run tells about itself in its store. */
export class RunLog {
  readonly #store: RunStore | undefined;

  constructor(store: RunStore | undefined) {
    this.#store = store;
  }

  /** Adds a line. */
  async append(entry: Moment & Readonly<Record<string, unknown>>): Promise<void> {
    await this.#store?.append(METRICS_FILE, `${JSON.stringify(entry)}\n`);
  }

  /** What happened after the point a run starts from will happen again, and must not be in the file twice. */
  async dropAfter({ step, epoch }: Moment): Promise<void> {
    const file = await this.#store?.read(METRICS_FILE);
    if (!file) return;
    const lines = new TextDecoder().decode(file).split('\n').filter(Boolean);
    const kept = lines.filter((line) => {
      const entry = parseEntry(line);
      return entry && entry.step <= step && entry.epoch <= epoch;
    });
    await this.#store?.write(METRICS_FILE, kept.map((line) => `${line}\n`).join(''));
  }
}

function parseEntry(line: string): Moment | undefined {
  try {
    return JSON.parse(line);
  } catch {
    // A process killed while appending leaves half a line.
    return undefined;
  }
}

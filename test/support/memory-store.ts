import type { RunStore } from '../../src/training-loop/run-store.js';
import type { Metrics } from '../../src/training-loop/trainer-types.js';

export interface MemoryStore extends RunStore {
  files: Map<string, Uint8Array>;
  /** The lines of `metrics.jsonl`. */
  metrics(): MetricsLine[];
}

export interface MetricsLine extends Metrics {
  step: number;
  epoch: number;
  // biome-ignore lint/suspicious/noExplicitAny: absent in the lines of steps.
  validation: any;
}

/** A run's files in memory. */
export function memoryStore(): MemoryStore {
  const files = new Map<string, Uint8Array>();
  const bytes = (content: Uint8Array | string) =>
    typeof content === 'string' ? new TextEncoder().encode(content) : content.slice();
  return {
    location: 'memory',
    files,
    metrics: () => parseMetrics(new TextDecoder().decode(files.get('metrics.jsonl'))),
    write: async (name, content) => void files.set(name, bytes(content)),
    async append(name, text) {
      const before = files.get(name) ?? new Uint8Array(0);
      const added = bytes(text);
      const after = new Uint8Array(before.length + added.length);
      after.set(before);
      after.set(added, before.length);
      files.set(name, after);
    },
    read: async (name) => files.get(name)?.slice(),
  };
}

/** The lines without the speed, which no two runs share. */
export function parseMetrics(text: string): MetricsLine[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const { samplesPerSecond, ...rest } = JSON.parse(line);
      return rest;
    });
}

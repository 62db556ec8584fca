import { afterEach, expect, it, vi } from 'vitest';
import { HeatmapTrainer } from '../../src/training/heatmap-trainer.js';
import { type ReadEvent, readEvents } from '../formats/read-tensorboard-events.js';
import { tinyInput } from '../support/faces/tiny-trainings.js';
import { type MemoryStore, memoryStore } from '../support/memory-store.js';

afterEach(() => void vi.useRealTimers());

const eventFiles = (store: MemoryStore) => [...store.files.keys()].filter((name) => name.includes('tfevents')).sort();

/** What TensorBoard shows of a folder: from the step at which a later file starts, what earlier files have is gone. */
function shown(files: readonly ReadEvent[][]): Map<string, Map<number, number>> {
  const tags = new Map<string, Map<number, number>>();
  for (const { step, sessionLog, summary } of files.flat()) {
    if (sessionLog)
      for (const values of tags.values()) for (const old of values.keys()) old >= step && values.delete(old);
    for (const { tag, simpleValue } of summary?.value ?? []) {
      if (!tags.has(tag)) tags.set(tag, new Map());
      tags.get(tag)!.set(step, simpleValue);
    }
  }
  return tags;
}

it('RunLog writes each step once to the metrics file and TensorBoard, also after a resume', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_000 });
  const store = memoryStore();
  const stop = new AbortController();
  const first = new HeatmapTrainer(tinyInput({}, { store }));
  first.on('step', async ({ step }) => {
    if (step === 2) await first.saveCheckpoint();
    if (step === 4) throw new Error('the power fails');
  });
  await expect(first.train({ signal: stop.signal })).rejects.toThrow('the power fails');
  first.dispose();
  // Killed while it wrote, and resumed within the same second.
  await store.append('events.out.tfevents.1700000000.lowres-landmarks', Uint8Array.of(9, 0, 0));
  const second = new HeatmapTrainer(tinyInput({}, { store }));
  await second.resume();
  await second.train();
  second.dispose();

  expect(eventFiles(store)).toEqual([
    'events.out.tfevents.1700000000.lowres-landmarks',
    'events.out.tfevents.1700000001.lowres-landmarks',
  ]);
  const tags = shown(eventFiles(store).map((name) => readEvents(store.files.get(name)!)));
  const steps = store.metrics().filter(({ validation }) => !validation);
  const validations = store.metrics().filter(({ validation }) => validation);
  expect([...tags.get('train/loss')!.keys()]).toEqual([1, 2, 3, 4, 5, 6]);
  for (const { step, loss, gradientNorm } of steps) {
    expect(tags.get('train/loss')!.get(step)).toBeCloseTo(loss!, 6);
    expect(tags.get('train/gradientNorm')!.get(step)).toBeCloseTo(gradientNorm!, 4);
  }
  expect(tags.get('train/samplesPerSecond')!.size).toBe(6);
  for (const { step, validation } of validations) {
    expect(tags.get('validation/nrmse')!.get(step)).toBeCloseTo(validation.nrmse, 3);
  }
});

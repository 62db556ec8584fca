import { beforeAll, describe, expect, it } from 'vitest';
import { CheckpointError, WeightsCorruptError } from '../../src/errors.js';
import { decodeSafetensors, encodeSafetensors } from '../../src/formats/safetensors.js';
import type { HeatmapTrainerConfig } from '../../src/training/heatmap-config.js';
import { HeatmapTrainer } from '../../src/training/heatmap-trainer.js';
import { CHECKPOINT_FILE } from '../../src/training-loop/checkpoint.js';
import { drawnFaces } from '../support/faces/drawn-faces.js';
import { tinyInput, weightsOf } from '../support/faces/tiny-trainings.js';
import { type MemoryStore, memoryStore } from '../support/memory-store.js';
import { expectNoLeak, useWasm } from '../support/tensors.js';

const EPOCHS = 3;
const STEPS = 9;
const trainerIn = (store: MemoryStore, changes: Partial<HeatmapTrainerConfig> = {}) =>
  new HeatmapTrainer(tinyInput({ epochs: EPOCHS, milestones: [1], ...changes }, { store }));

/** What a run leaves behind, times aside: weights, optimiser and metrics. */
async function resultOf(trainer: HeatmapTrainer, store: MemoryStore) {
  const { tensors, metadata } = decodeSafetensors(store.files.get(CHECKPOINT_FILE)!);
  return { weights: await weightsOf(trainer), tensors, counters: metadata.counters, metrics: store.metrics() };
}

let undisturbed: Awaited<ReturnType<typeof resultOf>>;

beforeAll(async () => {
  await useWasm();
  const store = memoryStore();
  const trainer = trainerIn(store);
  await trainer.train();
  undisturbed = await resultOf(trainer, store);
  trainer.dispose();
});

describe('a run that is stopped and resumed', () => {
  // Steps 1 and 5 are in the middle of an epoch, 3 and 6 at an epoch's end, 8 is the last but one.
  it.each([[[1]], [[3]], [[5]], [[6]], [[8]], [[1, 2, 3, 4, 5, 6, 7, 8]]])(
    'ends, stopped after steps %j, bit for bit like one that never stopped',
    async (stops) => {
      const store = memoryStore();
      for (const stop of stops) {
        const trainer = trainerIn(store);
        expect(await trainer.resume()).toBe(store.files.has(CHECKPOINT_FILE));
        const controller = new AbortController();
        trainer.on('step', ({ step }) => {
          if (step === stop) controller.abort();
        });
        expect(await trainer.train({ signal: controller.signal })).toBe(false);
        expect(trainer.state.step).toBe(stop);
        trainer.dispose();
      }
      const trainer = trainerIn(store);
      expect(await trainer.resume()).toBe(true);
      expect(trainer.state.step).toBe(stops.at(-1));
      expect(await trainer.train()).toBe(true);
      expect(await resultOf(trainer, store)).toEqual(undisturbed);
      trainer.dispose();
    },
  );

  it('is over when it is stopped during the very last step', async () => {
    const store = memoryStore();
    const trainer = trainerIn(store);
    const controller = new AbortController();
    trainer.on('step', ({ step }) => {
      if (step === STEPS) controller.abort();
    });
    expect(await trainer.train({ signal: controller.signal })).toBe(true);
    expect(await resultOf(trainer, store)).toEqual(undisturbed);
    trainer.dispose();
  });

  it('makes no step when the signal is already aborted, and can be resumed', async () => {
    const store = memoryStore();
    const trainer = trainerIn(store);
    expect(await trainer.train({ signal: AbortSignal.abort() })).toBe(false);
    expect(trainer.state.step).toBe(0);
    expect(store.files.has(CHECKPOINT_FILE)).toBe(true);
    expect(await trainer.train()).toBe(true);
    expect(await resultOf(trainer, store)).toEqual(undisturbed);
    trainer.dispose();
  });

  it('does nothing when it had already ended', async () => {
    const store = memoryStore();
    for (const isDone of [false, true]) {
      const trainer = trainerIn(store);
      expect(await trainer.resume()).toBe(isDone);
      let steps = 0;
      trainer.on('step', () => steps++);
      expect(await trainer.train()).toBe(true);
      expect(steps).toBe(isDone ? 0 : STEPS);
      expect(await resultOf(trainer, store)).toEqual(undisturbed);
      trainer.dispose();
    }
  });

  it('leaves no tensor behind', () =>
    expectNoLeak(async () => {
      const store = memoryStore();
      const trainer = trainerIn(store);
      const controller = new AbortController();
      trainer.on('step', () => controller.abort());
      await trainer.train({ signal: controller.signal });
      trainer.dispose();
      const resumed = trainerIn(store);
      await resumed.resume();
      await resumed.train();
      resumed.dispose();
    }));
});

describe('a run that is killed', () => {
  /** Trains until `dies` says so, and fails there as a killed process would: without a further checkpoint. */
  async function trainUntil(store: MemoryStore, event: 'step' | 'epoch', dies: (step: number) => boolean) {
    const trainer = trainerIn(store);
    await trainer.resume();
    trainer.on(event, ({ step }) => {
      if (dies(step)) throw new Error('killed');
    });
    await expect(trainer.train()).rejects.toThrow('killed');
    trainer.dispose();
  }

  async function finish(store: MemoryStore) {
    const trainer = trainerIn(store);
    await trainer.resume();
    await trainer.train();
    const result = await resultOf(trainer, store);
    trainer.dispose();
    return result;
  }

  it('before its first checkpoint starts from the beginning, with new metrics', async () => {
    const store = memoryStore();
    await trainUntil(store, 'step', (step) => step === 2);
    expect(store.files.has(CHECKPOINT_FILE)).toBe(false);
    expect(store.metrics()).toHaveLength(2);
    expect(await finish(store)).toEqual(undisturbed);
  });

  it('some steps after its last checkpoint repeats them, and logs each once', async () => {
    const store = memoryStore();
    await trainUntil(store, 'step', (step) => step === 5);
    expect(store.metrics().at(-1)!.step).toBe(5);
    expect(await finish(store)).toEqual(undisturbed);
  });

  it('between a validation and its checkpoint validates again, and logs it once', async () => {
    const store = memoryStore();
    await trainUntil(store, 'epoch', (step) => step === 6);
    expect(store.metrics().at(-1)!.validation).toBeDefined();
    expect(await finish(store)).toEqual(undisturbed);
  });

  it('between a validation and its checkpoint, with a checkpoint of the last step, logs the validation once', async () => {
    const store = memoryStore();
    const trainer = trainerIn(store);
    trainer.on('step', async ({ step }) => {
      if (step === 6) await trainer.saveCheckpoint();
    });
    trainer.on('epoch', ({ step }) => {
      if (step === 6) throw new Error('killed');
    });
    await expect(trainer.train()).rejects.toThrow('killed');
    trainer.dispose();
    expect(store.metrics().at(-1)!.validation).toBeDefined();
    expect(await finish(store)).toEqual(undisturbed);
  });

  it('while it writes metrics drops the incomplete line when resumed', async () => {
    const store = memoryStore();
    await trainUntil(store, 'step', (step) => step === 5);
    const [whole, checkpoint] = ['metrics.jsonl', CHECKPOINT_FILE].map((name) => store.files.get(name)!);
    const nested = '{"step":3,"epoch":1,"validation":{"nrmse":5.25,"nrmseStd":1}}';
    const trainer = trainerIn(store);
    for (let length = 1; length < nested.length; length++) {
      await store.write('metrics.jsonl', whole!);
      await store.append('metrics.jsonl', nested.slice(0, length));
      await store.write(CHECKPOINT_FILE, checkpoint!);
      expect(await trainer.resume(), nested.slice(0, length)).toBe(true);
      await trainer.train({ signal: AbortSignal.abort() });
      expect(store.metrics()).toEqual(undisturbed.metrics.filter(({ step, epoch }) => step <= 3 && epoch <= 1));
    }
    trainer.dispose();
  });
});

describe('a new run in the store of another', () => {
  it('replaces the metrics of the other', async () => {
    const store = memoryStore();
    const other = trainerIn(store, { seed: 9 });
    await other.train();
    other.dispose();
    const trainer = trainerIn(store);
    await trainer.train();
    expect(await resultOf(trainer, store)).toEqual(undisturbed);
    trainer.dispose();
  });
});

describe('a checkpoint that cannot be resumed', () => {
  async function storeWithCheckpoint(): Promise<MemoryStore> {
    const store = memoryStore();
    const trainer = trainerIn(store);
    await trainer.train({ signal: AbortSignal.abort() });
    trainer.dispose();
    return store;
  }

  it.each<[string, Partial<HeatmapTrainerConfig>]>([
    ['seed', { seed: 4 }],
    ['epochs', { epochs: 4 }],
    ['batchSize', { batchSize: 5 }],
    ['learningRate', { learningRate: 0.01 }],
    ['milestones', { milestones: [2] }],
    ['network', { network: { inputSize: 16, widths: [4, 6] } }],
    ['adam', { adam: { beta1: 0.9, beta2: 0.9, epsilon: 1e-8 } }],
    ['lowResolution', { lowResolution: 'none' }],
  ])('because of another %s is refused, and named', async (key, changes) => {
    const store = await storeWithCheckpoint();
    const files = structuredClone(store.files);
    await expectNoLeak(async () => {
      const trainer = trainerIn(store, changes);
      const error = await trainer.resume().catch((e: unknown) => e);
      trainer.dispose();
      expect(error).toBeInstanceOf(CheckpointError);
      expect((error as Error).message).toContain(`made with ${key} = `);
    });
    expect(store.files).toEqual(files);
  });

  it('because it learned from more samples is refused; one without that number is not', async () => {
    const store = await storeWithCheckpoint();
    const input = tinyInput({ epochs: EPOCHS, milestones: [1] }, { store, training: drawnFaces(9) });
    const trainer = new HeatmapTrainer(input);
    const error = await trainer.resume().catch((e: unknown) => e);
    expect(error).toBeInstanceOf(CheckpointError);
    expect((error as Error).message).toContain('made with samples = 10, this run has 9. Resume with the same data');
    const { tensors, metadata } = decodeSafetensors(store.files.get(CHECKPOINT_FILE)!);
    const { data, ...older } = metadata;
    await store.write(CHECKPOINT_FILE, encodeSafetensors({ tensors, metadata: older }));
    expect([data, await trainer.resume()]).toEqual(['{"samples":10}', true]);
    trainer.dispose();
  });

  it('because another kind of trainer wrote it is refused, and both are named', async () => {
    class OtherTrainer extends HeatmapTrainer {
      protected override readonly name = 'OtherTrainer';
    }
    const store = await storeWithCheckpoint();
    const trainer = new OtherTrainer(tinyInput({ epochs: EPOCHS, milestones: [1] }, { store }));
    const error = await trainer.resume().catch((e: unknown) => e);
    trainer.dispose();
    expect(error).toBeInstanceOf(CheckpointError);
    expect((error as Error).message).toMatch(/HeatmapTrainer.*OtherTrainer/);
  });

  it('because it is truncated is refused, wherever it was cut, and nothing is changed', async () => {
    const store = await storeWithCheckpoint();
    const whole = store.files.get(CHECKPOINT_FILE)!;
    const trainer = trainerIn(store);
    const before = await weightsOf(trainer);
    await expectNoLeak(async () => {
      for (let part = 0; part < 40; part++) {
        await store.write(CHECKPOINT_FILE, whole.subarray(0, Math.floor((whole.length * part) / 40)));
        await expect(trainer.resume()).rejects.toThrow(WeightsCorruptError);
      }
      await store.write(CHECKPOINT_FILE, whole.subarray(0, whole.length - 1));
      await expect(trainer.resume()).rejects.toThrow(WeightsCorruptError);
    });
    expect(await weightsOf(trainer)).toEqual(before);
    trainer.dispose();
  });

  it('because its metadata are damaged is refused', async () => {
    const store = await storeWithCheckpoint();
    const { tensors, metadata } = decodeSafetensors(store.files.get(CHECKPOINT_FILE)!);
    const trainer = trainerIn(store);
    for (const damage of [{ config: '{"seed":' }, { data: '{' }, { counters: '' }]) {
      await store.write(CHECKPOINT_FILE, encodeSafetensors({ tensors, metadata: { ...metadata, ...damage } }));
      await expect(trainer.resume()).rejects.toThrow(WeightsCorruptError);
    }
    trainer.dispose();
  });
});

it('a run without a store trains, saves nothing and resumes nothing', async () => {
  const trainer = new HeatmapTrainer(tinyInput({ epochs: 1 }, { training: drawnFaces(4) }));
  expect(await trainer.resume()).toBe(false);
  expect(await trainer.train()).toBe(true);
  await expect(trainer.saveCheckpoint()).resolves.toBeUndefined();
  trainer.dispose();
});

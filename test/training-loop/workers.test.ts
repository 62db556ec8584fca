import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { LandmarkDataset } from '../../src/datasets/dataset.js';
import {
  BackendCapabilityError,
  DatasetError,
  InvalidArgumentError,
  isLowResLandmarksError,
  TrainingDivergedError,
  WorkerError,
} from '../../src/errors.js';
import { HeatmapTrainer, type HeatmapTrainerInput } from '../../src/training/heatmap-trainer.js';
import { CHECKPOINT_FILE } from '../../src/training-loop/checkpoint.js';
import { threadBackend } from '../../src/workers/worker-count.js';
import { drawnFaces } from '../support/faces/drawn-faces.js';
import { tinyInput, weightsOf } from '../support/faces/tiny-trainings.js';
import { memoryStore } from '../support/memory-store.js';
import { expectNoLeak, useCpu, useWasm } from '../support/tensors.js';
import { threadCount } from '../support/threads.js';
import {
  CrashingLearner,
  DivergingLearner,
  ErraticLearner,
  FailingLearner,
  hidden,
  LostLearner,
  OwnLossLearner,
} from './worker-learners.fixture.js';

/** Trains a tiny network, and tells everything about it; no thread and no tensor may be left. */
async function train(workers: number, rest: Partial<HeatmapTrainerInput> = {}) {
  const metrics: Record<string, number>[] = [];
  let weights: Record<string, number[]> = {};
  let liveDuring = 0;
  await expectNoLeak(async () => {
    const trainer = new HeatmapTrainer(tinyInput({ epochs: 2 }, rest));
    trainer.on('step', (state) => {
      metrics.push({ ...state.metrics });
      liveDuring = threadCount();
    });
    expect(await trainer.train({ workers })).toBe(true);
    weights = await weightsOf(trainer);
    trainer.dispose();
  });
  expect(threadCount()).toBe(0);
  return { metrics, weights, liveDuring };
}

describe('training with workers', { timeout: 60_000 }, () => {
  it('gives bit-equal weights and metrics for the same number of workers', async () => {
    // 3 workers: the last batch of an epoch has 2 faces, which makes fewer parts than threads.
    for (const workers of [2, 3]) {
      const [first, again] = [await train(workers), await train(workers)];
      expect(again.weights).toEqual(first.weights);
      expect(again.metrics).toEqual(first.metrics);
    }
  });

  it('learns about what one thread learns', async () => {
    const [one, two] = [await train(1), await train(2)];
    expect([one.liveDuring, two.liveDuring]).toEqual([0, 2]);
    expect(two.metrics).toHaveLength(6);
    // BatchNorm sees two faces at once instead of four.
    one.metrics.forEach(({ loss }, step) => {
      expect(two.metrics[step]!.loss! / loss!).toBeCloseTo(1, 0);
    });
    expect(two.weights).not.toEqual(one.weights);
  });

  it('trains on the cpu backend as well', async () => {
    await useCpu();
    try {
      const { metrics } = await train(2, { training: drawnFaces(4) });
      expect(metrics[1]!.loss).toBeLessThan(metrics[0]!.loss!);
    } finally {
      await useWasm();
    }
  });

  it('trains a custom learner with its own loss, from its own module', async () => {
    const [plain, own] = [await train(2), await train(2, { learner: OwnLossLearner })];
    expect(own.metrics[0]!.loss! / plain.metrics[0]!.loss!).toBeCloseTo(10, 4);
    expect(own.metrics[0]!.landmarkLoss).toBe(plain.metrics[0]!.landmarkLoss);
  });

  it('prepares each batch once, in order, while the threads work', async () => {
    for (const [workers, expected] of [
      [1, 'prepare step prepare step prepare step'],
      [2, 'prepare prepare step prepare step step'],
    ] as const) {
      const told: string[] = [];
      class Watching extends HeatmapTrainer {
        protected override prepareBatch(indices: readonly number[], epoch: number) {
          told.push('prepare');
          return super.prepareBatch(indices, epoch);
        }
      }
      const trainer = new Watching(tinyInput({ epochs: 1 }));
      trainer.on('step', () => told.push('step'));
      await trainer.train({ workers });
      trainer.dispose();
      expect(told.join(' ')).toBe(expected);
    }
  });
});

describe('a run with workers that is stopped and resumed', { timeout: 60_000 }, () => {
  const trainerIn = (store: ReturnType<typeof memoryStore>) => new HeatmapTrainer(tinyInput({ epochs: 2 }, { store }));

  it('ends bit for bit like one that never stopped, with the same number of workers', async () => {
    const undisturbed = memoryStore();
    const whole = trainerIn(undisturbed);
    await whole.train({ workers: 2 });
    whole.dispose();
    for (const stop of [1, 3, 5]) {
      const store = memoryStore();
      const first = trainerIn(store);
      const controller = new AbortController();
      first.on('step', ({ step }) => {
        if (step === stop) controller.abort();
      });
      await expectNoLeak(async () => {
        expect(await first.train({ workers: 2, signal: controller.signal })).toBe(false);
      });
      expect([first.state.step, threadCount()]).toEqual([stop, 0]);
      first.dispose();
      const second = trainerIn(store);
      expect(await second.resume()).toBe(true);
      expect(await second.train({ workers: 2 })).toBe(true);
      second.dispose();
      expect(store.files.get(CHECKPOINT_FILE)).toEqual(undisturbed.files.get(CHECKPOINT_FILE));
      expect(store.metrics()).toEqual(undisturbed.metrics());
    }
  });

  it('can go on with another number of workers, or without', async () => {
    const store = memoryStore();
    for (const workers of [2, 1, 3]) {
      const trainer = trainerIn(store);
      await trainer.resume();
      const controller = new AbortController();
      trainer.on('step', () => controller.abort());
      await trainer.train({ workers, signal: controller.signal });
      trainer.dispose();
    }
    expect(store.metrics().map(({ step }) => step)).toEqual([1, 2, 3, 3]);
  });

  it('starts no step when it is already aborted', async () => {
    const trainer = new HeatmapTrainer(tinyInput());
    expect(await trainer.train({ workers: 2, signal: AbortSignal.abort() })).toBe(false);
    expect([trainer.state.step, threadCount()]).toEqual([0, 0]);
    trainer.dispose();
  });
});

describe('a failure in a worker:', { timeout: 60_000 }, () => {
  async function failureOf(rest: Partial<HeatmapTrainerInput>, workers = 2): Promise<Error> {
    let failure: unknown;
    await expectNoLeak(async () => {
      const trainer = new HeatmapTrainer(tinyInput({}, rest));
      failure = await trainer.train({ workers }).catch((error: unknown) => error);
      trainer.dispose();
    });
    expect(threadCount()).toBe(0);
    expect(failure).toBeInstanceOf(Error);
    return failure as Error;
  }

  it('an exception in a loss reaches the caller with its stack', async () => {
    const error = await failureOf({ learner: FailingLearner });
    expect(error).toBeInstanceOf(WorkerError);
    expect(error.message).toBe('A worker thread failed: RangeError: not written yet');
    expect(error.cause).toMatchObject({ name: 'RangeError', message: 'not written yet' });
    expect((error.cause as Error).stack).toContain('worker-learners.fixture.ts');
  });

  it('a NaN loss stops the run at its step', async () => {
    const error = await failureOf({ learner: DivergingLearner });
    expect(error).toBeInstanceOf(TrainingDivergedError);
    expect(error.message).toContain('loss became NaN at step 3');
  });

  it('a thread that ends is reported', async () => {
    const error = await failureOf({ learner: CrashingLearner });
    expect(error).toBeInstanceOf(WorkerError);
    expect(error.message).toContain('exit code 3');
  });

  it.each([
    ['says nowhere where it is', LostLearner, /cannot find LostLearner.*static override readonly module/],
    ['is not exported', hidden.HiddenLearner, /does not export HiddenLearner/],
    ['builds other networks in a thread', ErraticLearner, /ErraticLearner builds other networks/],
  ])('a learner that %s is refused, with the remedy', async (_, learner, message) => {
    const error = await failureOf({ learner });
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(error.message).toMatch(message);
  });

  it('a learner in the program itself is refused, because every thread would run the program', async () => {
    const [node, program] = process.argv;
    process.argv = [node!, new URL('./worker-learners.fixture.ts', import.meta.url).pathname];
    try {
      const error = await failureOf({ learner: OwnLossLearner });
      expect(error).toBeInstanceOf(InvalidArgumentError);
      expect(error.message).toContain('Move it to a module of its own');
    } finally {
      process.argv = [node!, program!];
    }
  });

  it('a broken sample fails the step that needs it, not one before', async () => {
    const faces = drawnFaces(10);
    let read = 0;
    const training: LandmarkDataset = {
      ...faces,
      get: (index) => (++read > 4 ? Promise.reject(new DatasetError('a.jpg is broken.')) : faces.get(index)),
    };
    const store = memoryStore();
    expect(await failureOf({ training, store })).toBeInstanceOf(DatasetError);
    expect(store.metrics().map(({ step }) => step)).toEqual([1]);
  });

  it.each([0, -1, 1.5, Number.NaN, '2' as never])('workers: %s is refused', async (workers) => {
    const error = await failureOf({}, workers);
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(error.message).toContain('workers must be a whole number');
  });

  it('a backend that threads cannot have is refused, with the remedy', async () => {
    tf.registerBackend('pretended-gpu', () => Object.assign(new tf.KernelBackend(), { dispose: () => {} }));
    await tf.setBackend('pretended-gpu');
    try {
      expect(() => threadBackend(2)).toThrow(BackendCapabilityError);
      expect(() => threadBackend(2)).toThrow(/pretended-gpu.*useBackend\('wasm'\)/);
    } finally {
      await useWasm();
      tf.removeBackend('pretended-gpu');
    }
  });

  it('a WorkerError has its own code', () => {
    const error = new WorkerError('');
    expect(error.code).toBe('WORKER');
    expect(isLowResLandmarksError(error)).toBe(true);
  });
});

import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { LandmarkDataset } from '../../src/datasets/dataset.js';
import { createLandmarkDetector } from '../../src/detect/create-landmark-detector.js';
import {
  BackendCapabilityError,
  DatasetError,
  InvalidArgumentError,
  TrainingDivergedError,
  WeightsMismatchError,
} from '../../src/errors.js';
import { heatmapLoss } from '../../src/losses/heatmap-loss.js';
import { type HeatmapBatch, HeatmapLearner } from '../../src/training/heatmap-learner.js';
import { HeatmapTrainer } from '../../src/training/heatmap-trainer.js';
import { CHECKPOINT_FILE } from '../../src/training-loop/checkpoint.js';
import { drawnFaces } from '../support/faces/drawn-faces.js';
import { tinyConfig, tinyInput } from '../support/faces/tiny-trainings.js';
import { memoryStore } from '../support/memory-store.js';
import { expectNoLeak } from '../support/tensors.js';

const HIDDEN = { x: Number.NaN, y: Number.NaN };

describe('a HeatmapTrainer on failures', () => {
  class Diverging extends HeatmapLearner {
    #steps = 0;
    protected override loss(truth: tf.Tensor4D, prediction: tf.Tensor4D, visible: tf.Tensor4D) {
      const parts = heatmapLoss(truth, prediction, visible);
      return this.#steps++ < 4 ? parts : { ...parts, total: tf.mul(parts.total, Number.NaN) as tf.Scalar };
    }
  }

  it('stops at a NaN loss, names the step and the last checkpoint, and keeps that checkpoint', () =>
    expectNoLeak(async () => {
      const store = memoryStore();
      const trainer = new HeatmapTrainer(tinyInput({}, { store, learner: Diverging }));
      let checkpoint: Uint8Array | undefined;
      trainer.on('checkpoint', () => {
        checkpoint = store.files.get(CHECKPOINT_FILE);
      });
      const error = await trainer.train().catch((e: unknown) => e);
      expect(error).toBeInstanceOf(TrainingDivergedError);
      expect((error as Error).message).toMatch(/loss became NaN at step 5\..*0\.005.*of step 3, in memory/s);
      trainer.dispose();
      expect(checkpoint).toBeDefined();
      expect(store.files.get(CHECKPOINT_FILE)).toEqual(checkpoint);
      expect(store.metrics().at(-1)!.step).toBe(4);

      const resumed = new HeatmapTrainer(tinyInput({}, { store }));
      expect(await resumed.resume()).toBe(true);
      expect(await resumed.train()).toBe(true);
      resumed.dispose();
    }));

  it('keeps the last checkpoint when weights are NaN before any loss is', async () => {
    class BreakingLast extends HeatmapTrainer {
      protected override async trainStep(batch: HeatmapBatch) {
        const metrics = await super.trainStep(batch);
        if (this.state.step === 5)
          tf.tidy(() => this.network.trainableVariables[0]!.assign(tf.fill([3, 3, 3, 4], NaN)));
        return metrics;
      }
    }
    const store = memoryStore();
    const trainer = new BreakingLast(tinyInput({}, { store }));
    let checkpoint: Uint8Array | undefined;
    trainer.on('checkpoint', () => {
      checkpoint = store.files.get(CHECKPOINT_FILE);
    });
    const error = await trainer.train().catch((e: unknown) => e);
    trainer.dispose();
    expect(error).toBeInstanceOf(TrainingDivergedError);
    expect((error as Error).message).toMatch(/NaN or infinite.*step 6.*of step 3, in memory/s);
    expect(store.files.get(CHECKPOINT_FILE)).toEqual(checkpoint);
  });

  it('reports divergence before the first checkpoint as such', async () => {
    const trainer = new HeatmapTrainer(tinyInput({}, { training: drawnFaces(40), learner: Diverging }));
    await expect(trainer.train()).rejects.toThrow('none was saved yet');
    trainer.dispose();
  });

  it('refuses an empty training set', () =>
    expectNoLeak(() => {
      expect(() => new HeatmapTrainer(tinyInput({}, { training: drawnFaces(0) }))).toThrow(DatasetError);
    }));

  it('names the sample that has no visible landmarks', () =>
    expectNoLeak(async () => {
      const blind: LandmarkDataset = {
        ...drawnFaces(10),
        get: async (index) => {
          const sample = await drawnFaces(10).get(index);
          return index === 7 ? { ...sample, points: sample.points.map(() => HIDDEN) } : sample;
        },
      };
      const trainer = new HeatmapTrainer(tinyInput({}, { training: blind }));
      const error = await trainer.train().catch((e: unknown) => e);
      trainer.dispose();
      expect(error).toBeInstanceOf(DatasetError);
      expect((error as Error).message).toContain('drawn-7');
    }));

  it('refuses datasets of different schemes, and a network of another scheme than the datasets', () =>
    expectNoLeak(() => {
      const other = { ...drawnFaces(2), scheme: 19 as const };
      expect(() => new HeatmapTrainer(tinyInput({}, { validation: other }))).toThrow(InvalidArgumentError);
      expect(() => new HeatmapTrainer(tinyInput({ network: { landmarks: 68 } }))).toThrow(InvalidArgumentError);
      expect(() => new HeatmapTrainer(tinyInput({ network: { landmarks: 68 } }))).toThrow('network.landmarks is 68');
    }));

  it('leaks no tensor when a loss throws, not even those saved for the backward pass', () =>
    expectNoLeak(async () => {
      class Failing extends HeatmapLearner {
        protected override loss(truth: tf.Tensor4D, prediction: tf.Tensor4D): never {
          tf.squaredDifference(truth, prediction);
          throw new Error('not written yet');
        }
      }
      const trainer = new HeatmapTrainer(tinyInput({}, { learner: Failing }));
      await expect(trainer.train()).rejects.toThrow('not written yet');
      trainer.dispose();
    }));

  it('leaks no tensor when a sample or a listener throws', async () => {
    const broken: LandmarkDataset = {
      ...drawnFaces(10),
      get: () => Promise.reject(new DatasetError('a.jpg is broken.')),
    };
    const make = {
      'a.jpg is broken.': () => new HeatmapTrainer(tinyInput({}, { training: broken })),
      'no disk': () => {
        const trainer = new HeatmapTrainer(tinyInput());
        trainer.on('epoch', () => {
          throw new Error('no disk');
        });
        return trainer;
      },
    };
    for (const [message, trainerOf] of Object.entries(make)) {
      await expectNoLeak(async () => {
        const trainer = trainerOf();
        await expect(trainer.train()).rejects.toThrow(message);
        trainer.dispose();
      });
    }
  });

  it('can be disposed twice', () =>
    expectNoLeak(() => {
      const trainer = new HeatmapTrainer(tinyInput());
      trainer.dispose();
      trainer.dispose();
    }));

  it('refuses a backend without gradients before it reads a sample', async () => {
    const trainer = new HeatmapTrainer(tinyInput());
    const kernel = tf.getKernel('MaxPoolGrad', 'wasm')!;
    tf.unregisterKernel('MaxPoolGrad', 'wasm');
    try {
      await expect(trainer.train()).rejects.toThrow(BackendCapabilityError);
      await expect(trainer.train()).rejects.toThrow('MaxPoolGrad');
    } finally {
      tf.registerKernel(kernel);
      trainer.dispose();
    }
  });

  it('names weights that a detector cannot use', async () => {
    const trainer = new HeatmapTrainer({ ...tinyInput(), config: tinyConfig({ network: { widths: [4] } }) });
    const weights = await trainer.network.save();
    trainer.dispose();
    weights[weights.length - 1]! ^= 0x40;
    await expect(createLandmarkDetector({ weights })).rejects.toThrow(/checksum/);
    await expect(createLandmarkDetector({ weights })).rejects.not.toBeInstanceOf(WeightsMismatchError);
  });
});

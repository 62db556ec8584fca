import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { LandmarkDataset } from '../../src/datasets/dataset.js';
import { createLandmarkDetector } from '../../src/detect/create-landmark-detector.js';
import { boundingBox } from '../../src/geometry/box.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';
import { faceBoxFromLandmarks } from '../../src/landmarks/face-box.js';
import { heatmapLoss } from '../../src/losses/heatmap-loss.js';
import { HeatmapUNet } from '../../src/networks/heatmap-unet.js';
import type { HeatmapUNetConfig } from '../../src/networks/heatmap-unet-config.js';
import { type HeatmapBatch, HeatmapLearner } from '../../src/training/heatmap-learner.js';
import { HeatmapTrainer, WEIGHTS_FILE } from '../../src/training/heatmap-trainer.js';
import type { TrainingState } from '../../src/training-loop/trainer-types.js';
import { drawnFaces } from '../support/faces/drawn-faces.js';
import { tinyInput, weightsOf } from '../support/faces/tiny-trainings.js';
import { memoryStore } from '../support/memory-store.js';
import { expectNoLeak } from '../support/tensors.js';

const HIDDEN = { x: Number.NaN, y: Number.NaN };

/** A dataset with one landmark of every face replaced. */
function withPoint(dataset: LandmarkDataset, landmark: number, point: { x: number; y: number }): LandmarkDataset {
  return {
    ...dataset,
    async get(index) {
      const sample = await dataset.get(index);
      return { ...sample, points: sample.points.map((p, i) => (i === landmark ? point : p)) };
    },
  };
}

describe('HeatmapTrainer', () => {
  it('lowers the loss, and the error on held-out faces', () =>
    expectNoLeak(async () => {
      const trainer = new HeatmapTrainer(
        tinyInput({ epochs: 12, learningRate: 1e-2, lowResolution: 'none' }, { training: drawnFaces(16) }),
      );
      const losses: number[] = [];
      const errors: number[] = [];
      trainer.on('step', ({ metrics }) => losses.push(metrics.loss!));
      trainer.on('epoch', ({ validation }) => errors.push(validation.nrmse!));
      expect(await trainer.train()).toBe(true);
      trainer.dispose();
      const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
      expect(mean(losses.slice(-4))).toBeLessThan(0.5 * mean(losses.slice(0, 4)));
      expect(errors.at(-1)).toBeLessThan(0.5 * errors[0]!);
    }));

  it('gives bit-equal weights and metrics for one seed, and different ones for another', async () => {
    const run = async (seed: number) => {
      const trainer = new HeatmapTrainer(tinyInput({ seed }));
      const metrics: unknown[] = [];
      trainer.on('step', (state) => metrics.push(state.metrics));
      trainer.on('epoch', ({ validation }) => metrics.push(validation));
      await trainer.train();
      const weights = await weightsOf(trainer);
      trainer.dispose();
      return { metrics, weights };
    };
    const [first, again, other] = [await run(3), await run(3), await run(4)];
    expect(again).toEqual(first);
    expect(other.metrics).not.toEqual(first.metrics);
    expect(other.weights).not.toEqual(first.weights);
  });

  it('emits steps, epochs and checkpoints in order, with the state', async () => {
    const trainer = new HeatmapTrainer(tinyInput({ milestones: [1] }, { store: memoryStore() }));
    const told: [string, TrainingState][] = [];
    for (const name of ['step', 'epoch', 'checkpoint'] as const) {
      trainer.on(name, (state) => told.push([name, state]));
    }
    await trainer.train();
    trainer.dispose();
    const steps = told.map(([name, { epoch, stepInEpoch, step }]) => `${name} ${epoch} ${stepInEpoch} ${step}`);
    expect(steps).toEqual([
      'step 0 1 1',
      'step 0 2 2',
      'step 0 3 3',
      'epoch 1 0 3',
      'checkpoint 1 0 3',
      'step 1 1 4',
      'step 1 2 5',
      'step 1 3 6',
      'epoch 2 0 6',
      'checkpoint 2 0 6',
    ]);
    const [, first] = told[0]!;
    expect(first).toMatchObject({ stepsPerEpoch: 3, learningRate: 5e-3, validation: {} });
    const { loss, landmarkLoss, backgroundLoss } = first.metrics as Record<string, number>;
    expect(loss).toBeCloseTo(landmarkLoss! + backgroundLoss!, 4);
    expect(first.samplesPerSecond).toBeGreaterThan(0);
    expect(first.secondsLeft).toBeGreaterThan(0);
    expect(told[5]![1].learningRate).toBe(2.5e-3);
    expect(Object.keys(told[3]![1].validation)).toEqual(['nrmse', 'nrmseStd', 'auc008']);
    expect(told.at(-1)![1].secondsLeft).toBe(0);
  });

  it('gives listeners immutable snapshots of the state', async () => {
    const trainer = new HeatmapTrainer(tinyInput());
    const kept: TrainingState[] = [];
    trainer.on('step', (state) => {
      kept.push(state);
      expect(state).toBe(trainer.state);
      for (const part of [state, state.metrics, state.validation]) {
        expect(() => Object.assign(part, { step: 0 })).toThrow(TypeError);
      }
    });
    await trainer.train();
    trainer.dispose();
    expect(kept.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(new Set(kept.map(({ metrics }) => metrics.loss)).size).toBe(6);
    expect(trainer.state).toMatchObject({ epoch: 2, step: 6, stepInEpoch: 0 });
  });

  it('writes the metrics of every step and validation, and the last weights', async () => {
    const store = memoryStore();
    const trainer = new HeatmapTrainer(tinyInput({}, { store }));
    await trainer.train();
    expect(store.metrics().map(({ step, epoch, validation }) => [step, epoch, validation !== undefined])).toEqual([
      [1, 0, false],
      [2, 0, false],
      [3, 0, false],
      [3, 1, true],
      [4, 1, false],
      [5, 1, false],
      [6, 1, false],
      [6, 2, true],
    ]);
    const [first] = store.metrics();
    const told = ['loss', 'landmarkLoss', 'backgroundLoss', 'gradientNorm'];
    expect(Object.keys(first!)).toEqual(['step', 'epoch', 'learningRate', ...told]);
    expect(store.files.get(WEIGHTS_FILE)).toEqual(await trainer.network.save());
    trainer.dispose();
  });

  it("lowers Adam's rate at the milestones: a rate halved to almost nothing stops learning", async () => {
    const milestones = Array(60).fill(1);
    const trainer = new HeatmapTrainer(tinyInput({ milestones }));
    const weights: Record<string, number[]>[] = [];
    trainer.on('epoch', async () => weights.push(await weightsOf(trainer)));
    await trainer.train();
    trainer.dispose();
    // BatchNorm's statistics go on moving.
    const learned = Object.keys(weights[0]!).filter((name) => !name.includes('moving'));
    for (const name of learned) expect(weights[1]![name]).toEqual(weights[0]![name]);
  });

  it('saves weights with which a detector makes the same predictions', async () => {
    const trainer = new HeatmapTrainer(tinyInput({ epochs: 8, learningRate: 1e-2, lowResolution: 'none' }));
    await trainer.train();
    const detector = await createLandmarkDetector({ weights: await trainer.network.save() });
    const [prediction] = trainer.predictions;
    // The first of tinyInput's held-out faces.
    const { image, points } = await drawnFaces(2, 2).get(0);
    const box = faceBoxFromLandmarks(points);
    const detection = await detector.detect(image, { boxes: box, points: 5 });
    detector.dispose();
    trainer.dispose();
    const crop = 1.2 * Math.max(box.width, box.height);
    detection.points.forEach((point, i) => {
      const expected = prediction!.predicted[i]!;
      expect(((point.x + 0.5 - box.x - box.width / 2) / crop + 0.5) * 16 - 0.5).toBeCloseTo(expected.x, 0);
      expect(((point.y + 0.5 - box.y - box.height / 2) / crop + 0.5) * 16 - 0.5).toBeCloseTo(expected.y, 0);
    });
  });

  it('keeps up to 32 held-out faces with their predictions', async () => {
    const trainer = new HeatmapTrainer(tinyInput({ epochs: 1 }, { validation: drawnFaces(40, 2) }));
    expect(trainer.predictions).toEqual([]);
    await trainer.train();
    trainer.dispose();
    expect(trainer.predictions).toHaveLength(32);
    const [{ image, points, predicted }] = trainer.predictions as [(typeof trainer.predictions)[0]];
    expect([image.width, image.height, points.length, predicted.length]).toEqual([16, 16, 5, 5]);
    // Validation crops are centred on the face, which leaves its landmarks well inside.
    const { x, y, width, height } = boundingBox(points);
    expect(Math.min(x, y)).toBeGreaterThan(0);
    expect(Math.max(x + width, y + height)).toBeLessThan(16);
  });

  it('lets timers tick without a store too, so that AbortSignal.timeout stops it', async () => {
    const trainer = new HeatmapTrainer(tinyInput({ epochs: 100_000 }));
    let ticks = 0;
    const timer = setInterval(() => ticks++, 20);
    expect(await trainer.train({ signal: AbortSignal.timeout(300) })).toBe(false);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(2);
    trainer.dispose();
  });

  it('trains without held-out faces', async () => {
    const trainer = new HeatmapTrainer(tinyInput({ epochs: 1 }, { validation: drawnFaces(0) }));
    expect(await trainer.train()).toBe(true);
    expect(trainer.state.validation).toEqual({});
    trainer.dispose();
  });
});

describe('landmarks that are not visible', () => {
  // Near the middle of the drawn nose, so that the crop around the landmarks stays the same.
  const nose = 2;
  const lossOf = async (training: LandmarkDataset) => {
    const trainer = new HeatmapTrainer(tinyInput({ epochs: 1, batchSize: 10 }, { training }));
    let metrics: Record<string, number> = {};
    trainer.on('step', (state) => {
      metrics = state.metrics;
    });
    await trainer.train();
    const { heatmaps } = Object.fromEntries(
      Object.entries(await weightsOf(trainer)).map(([name, values]) => [name.split('/')[0]!, values]),
    );
    trainer.dispose();
    return { metrics, heatmaps };
  };

  it('do not count in the loss, whatever the network predicts', async () => {
    const [seen, unseen] = [
      await lossOf(withPoint(drawnFaces(10), nose, { x: 20, y: 21 })),
      await lossOf(withPoint(drawnFaces(10), nose, HIDDEN)),
    ];
    // Before the first update the network answers almost zero, so each visible landmark's heatmap costs about the same.
    expect(unseen.metrics.landmarkLoss! / seen.metrics.landmarkLoss!).toBeCloseTo(4 / 5, 1);
  });

  it('teach the network nothing: its output for them does not change', async () => {
    const head = async (trainer: HeatmapTrainer) => {
      const values = (await weightsOf(trainer))['heatmaps/kernel']!;
      const channel = (index: number) => values.filter((_, i) => i % 6 === index);
      return [channel(nose), channel(0)] as const;
    };
    const trainer = new HeatmapTrainer(tinyInput({}, { training: withPoint(drawnFaces(10), nose, HIDDEN) }));
    const [hiddenBefore, seenBefore] = await head(trainer);
    await trainer.train();
    const [hiddenAfter, seenAfter] = await head(trainer);
    trainer.dispose();
    expect(hiddenAfter).toEqual(hiddenBefore);
    expect(seenAfter).not.toEqual(seenBefore);
  });
});

describe('a subclass of HeatmapTrainer', () => {
  it('replaces the degradation, in training and validation', async () => {
    class Black extends HeatmapTrainer {
      calls = 0;
      protected override degrade({ width, height }: RgbImage): RgbImage {
        this.calls++;
        return { data: new Float32Array(width * height * 3), width, height };
      }
    }
    const trainer = new Black(tinyInput({ epochs: 1 }));
    await trainer.train();
    trainer.dispose();
    expect(trainer.calls).toBe(10 + 2);
    expect(trainer.predictions[0]!.image.data.every((value) => value === 0)).toBe(true);
  });

  it('replaces the loss', async () => {
    class Scaled extends HeatmapLearner {
      protected override loss(truth: tf.Tensor4D, prediction: tf.Tensor4D, visible: tf.Tensor4D) {
        const { total, landmarks, background } = heatmapLoss(truth, prediction, visible);
        return { total: tf.mul(total, 1000) as tf.Scalar, landmarks, background };
      }
    }
    const first = async (trainer: HeatmapTrainer) => {
      let loss = 0;
      const off = trainer.on('step', ({ metrics }) => {
        loss = metrics.loss!;
        off();
      });
      await trainer.train();
      trainer.dispose();
      return loss;
    };
    const [plain, scaled] = [
      await first(new HeatmapTrainer(tinyInput({ epochs: 1 }))),
      await first(new HeatmapTrainer(tinyInput({ epochs: 1 }, { learner: Scaled }))),
    ];
    expect(scaled / plain).toBeCloseTo(1000, 1);
  });

  it('replaces the network', async () => {
    class Wide extends HeatmapUNet {}
    class WideLearner extends HeatmapLearner {
      protected override buildNetwork(config: Partial<HeatmapUNetConfig>) {
        return new Wide({ ...config, widths: [6] });
      }
    }
    const trainer = new HeatmapTrainer(tinyInput({ epochs: 1 }, { learner: WideLearner }));
    expect(trainer.network).toBeInstanceOf(Wide);
    expect(trainer.network.config).toMatchObject({ widths: [6], landmarks: 5, seed: 3, inputSize: 16 });
    expect(await trainer.train()).toBe(true);
    trainer.dispose();
  });

  it('replaces or observes the batches', async () => {
    class Watching extends HeatmapTrainer {
      readonly seen: { indices: readonly number[]; epoch: number; shapes: number[][] }[] = [];
      protected override async prepareBatch(indices: readonly number[], epoch: number): Promise<HeatmapBatch> {
        const batch = await super.prepareBatch(indices, epoch);
        const { images, heatmaps, visible } = batch;
        this.seen.push({ indices, epoch, shapes: [images.shape, heatmaps.shape, visible.shape] });
        return batch;
      }
    }
    const trainer = new Watching(tinyInput());
    await trainer.train();
    trainer.dispose();
    const orders = [0, 1].map((epoch) => trainer.seen.filter((b) => b.epoch === epoch).flatMap((b) => b.indices));
    for (const order of orders) expect([...order].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(orders[0]).not.toEqual(orders[1]);
    expect(trainer.seen.map(({ indices }) => indices.length)).toEqual([4, 4, 2, 4, 4, 2]);
    expect(trainer.seen[2]!.shapes).toEqual([
      [2, 16, 16, 3],
      [2, 16, 16, 6],
      [2, 1, 1, 6],
    ]);
  });
});

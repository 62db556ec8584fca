import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HeatmapBatch } from '../../src/training/heatmap-learner.js';
import { stepInThread } from '../../src/training-loop/gradients.js';
import type { Batch } from '../../src/training-loop/learner.js';
import { splitBatch } from '../../src/training-loop/shards.js';
import { WorkerGradients } from '../../src/training-loop/worker-gradients.js';
import { tinyConfig } from '../support/faces/tiny-trainings.js';
import { largestDifference, normalNumbers } from '../support/numbers.js';
import { expectNoLeak, useWasm } from '../support/tensors.js';
import { OwnLossLearner } from './worker-learners.fixture.js';

const FACES = 5;
const CHANNELS = 3;

/** Faces of noise; of the first face one landmark is visible, of the others all. */
function noiseBatch(): HeatmapBatch {
  const visible = new Float32Array(FACES * CHANNELS).fill(1);
  visible[1] = 0;
  return {
    images: { shape: [FACES, 16, 16, 3], data: normalNumbers(FACES * 16 * 16 * 3, 1) },
    heatmaps: { shape: [FACES, 16, 16, CHANNELS], data: normalNumbers(FACES * 16 * 16 * CHANNELS, 2) },
    visible: { shape: [FACES, 1, 1, CHANNELS], data: visible },
  };
}

type Step = WorkerGradients['step'];

/** A step in this thread. */
const here =
  (learner: OwnLossLearner): Step =>
  (...args) =>
    stepInThread(learner, ...args);

/** Gradients and metrics of one objective, and BatchNorm's statistics afterwards, by name. */
async function evaluate(step: Step, learner: OwnLossLearner, objective: string, batch: Batch, factor = 1) {
  const gradients: Record<string, Float32Array> = {};
  const named = Object.entries(learner.network.weights as Record<string, tf.Variable>);
  const nameOf = Object.fromEntries(named.map(([name, variable]) => [variable.name, name]));
  let kept: tf.NamedTensorMap = {};
  const update = (found: tf.NamedTensorMap) => {
    kept = Object.fromEntries(Object.entries(found).map(([name, tensor]) => [name, tf.clone(tensor)]));
  };
  const metrics = await step(objective, batch, update, { factor });
  for (const [name, tensor] of Object.entries(kept)) gradients[nameOf[name]!] = await tensor.data<'float32'>();
  tf.dispose(kept);
  const statistics: Record<string, Float32Array> = {};
  for (const [name, tensor] of Object.entries(learner.network.weights)) {
    if (name.includes('moving')) statistics[name] = (await tensor.data<'float32'>()).slice();
  }
  return { gradients, statistics, metrics };
}

describe('the gradients of two workers', { timeout: 60_000 }, () => {
  const config = tinyConfig({ network: { inputSize: 16, widths: [4, 4], landmarks: CHANNELS - 1 } });
  let learner: OwnLossLearner;
  let workers: WorkerGradients;
  const inWorkers: Step = (...args) => workers.step(...args);

  beforeAll(async () => {
    await useWasm();
    learner = new OwnLossLearner(config);
    workers = await WorkerGradients.open(learner, 2, () => {});
  });
  afterAll(async () => {
    await workers.close();
    learner.dispose();
  });

  function expectClose(found: Record<string, Float32Array>, expected: Record<string, Float32Array>, within: number) {
    expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
    for (const [name, values] of Object.entries(expected)) {
      const scale = Math.max(1e-3, ...values.map(Math.abs));
      expect(largestDifference(found[name]!, values) / scale, name).toBeLessThan(within);
    }
  }

  it.each(['scaled', 'visibleMean'])(
    'are those of the whole batch, for %s, which BatchNorm does not split',
    async (objective) => {
      const whole = await evaluate(here(learner), learner, objective, noiseBatch(), 3);
      const split = await evaluate(inWorkers, learner, objective, noiseBatch(), 3);
      expectClose(split.gradients, whole.gradients, 1e-4);
      expect(split.metrics.loss! / whole.metrics.loss!).toBeCloseTo(1, 5);
      expect(split.statistics).toEqual(whole.statistics);
    },
  );

  it("and BatchNorm's statistics are means of the parts', weighted by their faces", async () => {
    const before = await evaluate(inWorkers, learner, 'scaled', noiseBatch());
    const parts: ({ samples: number } & Awaited<ReturnType<typeof evaluate>>)[] = [];
    for (const { batch, samples } of splitBatch(noiseBatch(), 2)) {
      const part = new OwnLossLearner(config);
      part.network.setWeights(learner.network.weights);
      parts.push({ samples, ...(await evaluate(here(part), part, 'heatmaps', batch)) });
      part.dispose();
    }
    const found = await evaluate(inWorkers, learner, 'heatmaps', noiseBatch());
    const mean = (of: (part: (typeof parts)[0]) => number) =>
      parts.reduce((sum, part) => sum + of(part) * part.samples, 0) / FACES;
    for (const kind of ['gradients', 'statistics'] as const) {
      const expected = Object.entries(parts[0]![kind]).map(([name, values]) => {
        return [name, values.map((_, i) => mean((part) => part[kind][name]![i]!))] as const;
      });
      expectClose(found[kind], Object.fromEntries(expected), 1e-6);
    }
    expect(found.metrics.loss).toBeCloseTo(
      mean((part) => part.metrics.loss!),
      6,
    );
    expect(found.statistics).not.toEqual(before.statistics);
  });

  it('follow the weights and the settings from step to step', async () => {
    const first = await evaluate(inWorkers, learner, 'scaled', noiseBatch());
    const scaled = await evaluate(inWorkers, learner, 'scaled', noiseBatch(), 7);
    expect(scaled.metrics.loss! / first.metrics.loss!).toBeCloseTo(7, 5);
    const head = learner.network.weights['heatmaps/bias'] as tf.Variable;
    tf.tidy(() => head.assign(tf.fill(head.shape, 3)));
    const moved = await evaluate(inWorkers, learner, 'scaled', noiseBatch());
    const expected = await evaluate(here(learner), learner, 'scaled', noiseBatch());
    expect(moved.metrics.loss! / expected.metrics.loss!).toBeCloseTo(1, 5);
    expect(moved.metrics.loss! / first.metrics.loss!).toBeGreaterThan(2);
  });

  it('leak no tensor in this thread', () =>
    expectNoLeak(async () => {
      for (let step = 0; step < 3; step++) await evaluate(inWorkers, learner, 'heatmaps', noiseBatch());
    }));
});

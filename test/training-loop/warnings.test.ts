import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { Network } from '../../src/networks/network.js';
import { HighToLowLearner } from '../../src/training/high-to-low-learner.js';
import { HighToLowTrainer } from '../../src/training/high-to-low-trainer.js';
import { SemiSupervisedLearner } from '../../src/training/semi-supervised-learner.js';
import { SemiSupervisedTrainer } from '../../src/training/semi-supervised-trainer.js';
import type { LossTerms } from '../../src/training-loop/learner.js';
import { PATIENCE, type TrainingWarning, Watch } from '../../src/training-loop/warnings.js';
import { drawnFaces } from '../support/faces/drawn-faces.js';
import { tinyHighToLowInput, tinySemiSupervisedInput } from '../support/faces/tiny-trainings.js';
import { memoryStore } from '../support/memory-store.js';

describe('Watch', () => {
  it('is due once, after 100 steps in a row', () => {
    const watch = new Watch();
    const due = Array.from({ length: 3 * PATIENCE }, () => watch.isDue('a', true));
    expect(due.flatMap((now, step) => (now ? [step] : []))).toEqual([PATIENCE - 1]);
  });

  it('starts over when a step looks right, and counts each kind separately', () => {
    const watch = new Watch();
    for (let step = 0; step < PATIENCE - 1; step++) expect(watch.isDue('a', true)).toBe(false);
    expect(watch.isDue('a', false)).toBe(false);
    expect(watch.isDue('b', true)).toBe(false);
    expect(watch.isDue('a', true)).toBe(false);
  });
});

/** A loss of 1 whose gradient is 0, and terms as a test wants them: nothing is computed, so that a hundred steps take no time. */
function given({ trainableVariables }: Network, terms: Readonly<Record<string, number>>): LossTerms {
  const flat = tf.mul(tf.sum(trainableVariables[0]!), 0);
  const scalars = Object.entries(terms).map(([name, value]) => [name, tf.scalar(value)] as const);
  return { loss: tf.add(flat, 1), ...Object.fromEntries(scalars) };
}

/** One epoch of enough steps. */
const long = { epochs: 1, batchSize: 2 };
const training = drawnFaces(2 * (PATIENCE + 2));

async function warningsOf(trainer: SemiSupervisedTrainer | HighToLowTrainer): Promise<TrainingWarning[]> {
  const warnings: TrainingWarning[] = [];
  trainer.on('warning', (warning) => warnings.push(warning));
  await trainer.train();
  trainer.dispose();
  return warnings;
}

describe('training warns of', () => {
  async function stageTwo(generator: Record<string, number>, discriminators: Record<string, number>) {
    class GivenLearner extends SemiSupervisedLearner {
      override get objectives() {
        const { network, heatmapDiscriminator } = this.networks;
        return {
          ...super.objectives,
          discriminators: () => ({
            trains: ['heatmapDiscriminator'],
            loss: () => given(heatmapDiscriminator!, discriminators),
          }),
          generator: () => ({ trains: ['network'], loss: () => given(network, generator) }),
        };
      }
    }
    const store = memoryStore();
    // k_t moves by a whole where D2's losses differ by one.
    const changes = { ...long, balance: { lambda: 1, gamma: 1 } };
    const input = tinySemiSupervisedInput('S3', changes, { store, training, learner: GivenLearner });
    const warnings = await warningsOf(new SemiSupervisedTrainer(input));
    input.generator.dispose();
    return { warnings, lines: store.metrics() };
  }

  async function stageOne(generator: Record<string, number>, discriminatorLoss = 1) {
    class GivenLearner extends HighToLowLearner {
      override get objectives() {
        const { generator: g1, discriminator: d1 } = this.networks;
        const loss = () => ({ loss: tf.mul<tf.Scalar>(given(d1, {}).loss, discriminatorLoss) });
        return {
          discriminator: () => ({ trains: ['discriminator'], loss }),
          generator: () => ({ trains: ['generator'], loss: () => given(g1, generator) }),
        };
      }
    }
    return warningsOf(new HighToLowTrainer(tinyHighToLowInput(long, { training, learner: GivenLearner })));
  }

  const inOrder = { weightedMse: 0.3, weightedKeypoint: 0.2 };
  const balanced = { realReconstruction: 1, fakeReconstruction: 1 };

  it('weighted terms of Eq. 13 in another order than the paper’s, once, and logs it', async () => {
    const { warnings, lines } = await stageTwo({ weightedMse: 0.2, weightedKeypoint: 0.3 }, balanced);
    expect(warnings).toEqual([{ kind: 'loss-order-broken', step: PATIENCE, message: expect.any(String) }]);
    expect(warnings[0]!.message).toContain('lossWeights.keypoint');
    const logged = lines.filter((line) => 'warning' in line);
    expect(logged).toEqual([{ step: PATIENCE, epoch: 0, warning: 'loss-order-broken', message: warnings[0]!.message }]);
  });

  it('a k_t that stays at 1', async () => {
    const { warnings, lines } = await stageTwo(inOrder, { realReconstruction: 2, fakeReconstruction: 1 });
    expect(lines.slice(0, 3).map(({ kt }) => kt)).toEqual([0, 1, 1]);
    expect(warnings).toEqual([{ kind: 'kt-saturated', step: PATIENCE + 1, message: expect.any(String) }]);
  });

  it('nothing while stage two goes well', async () => {
    expect((await stageTwo(inOrder, balanced)).warnings).toEqual([]);
  });

  it('a weighted pixel loss above the weighted GAN loss', async () => {
    const warnings = await stageOne({ weightedGan: -0.1, weightedPixel: 0.2 });
    expect(warnings.map(({ kind }) => kind)).toEqual(['loss-order-broken']);
  });

  it('a D1 that has won, once', async () => {
    const warnings = await stageOne({ weightedGan: 0.2, weightedPixel: 0.1 }, 0.01);
    expect(warnings).toEqual([{ kind: 'discriminator-collapsed', step: PATIENCE, message: expect.any(String) }]);
  });

  it('nothing while stage one goes well', async () => {
    expect(await stageOne({ weightedGan: -0.2, weightedPixel: 0.1 })).toEqual([]);
  });
});

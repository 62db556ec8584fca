import { describe, expect, it } from 'vitest';
import type { HighToLowTrainerConfig } from '../../src/training/high-to-low-config.js';
import { HighToLowTrainer } from '../../src/training/high-to-low-trainer.js';
import type { SemiSupervisedTrainerConfig } from '../../src/training/semi-supervised-config.js';
import { SemiSupervisedTrainer } from '../../src/training/semi-supervised-trainer.js';
import { PATIENCE, type TrainingWarning, Watch } from '../../src/training-loop/warnings.js';
import { tinyHighToLowInput, tinySemiSupervisedInput } from '../training/tiny-stages.js';
import { memoryStore } from '../training/tiny-training.js';

describe('Watch', () => {
  it('is due once, after enough steps in a row', () => {
    const watch = new Watch();
    const due = Array.from({ length: 3 * PATIENCE }, () => watch.isDue('a', true));
    expect(due.flatMap((now, step) => (now ? [step] : []))).toEqual([PATIENCE - 1]);
  });

  it('begins anew when a step looks right, and keeps kinds apart', () => {
    const watch = new Watch();
    for (let step = 0; step < PATIENCE - 1; step++) expect(watch.isDue('a', true)).toBe(false);
    expect(watch.isDue('a', false)).toBe(false);
    expect(watch.isDue('b', true)).toBe(false);
    expect(watch.isDue('a', true)).toBe(false);
  });
});

/** The kinds of warnings of enough steps. */
async function warningsOf(trainer: SemiSupervisedTrainer | HighToLowTrainer): Promise<TrainingWarning[]> {
  const warnings: TrainingWarning[] = [];
  trainer.on('warning', (warning) => warnings.push(warning));
  await trainer.train();
  trainer.dispose();
  return warnings;
}
const epochs = Math.ceil(PATIENCE / 3) + 1;

describe('a training warns of', () => {
  async function stageTwo(changes: Partial<SemiSupervisedTrainerConfig>) {
    const store = memoryStore();
    const input = tinySemiSupervisedInput('S3', { epochs, ...changes }, { store });
    const warnings = await warningsOf(new SemiSupervisedTrainer(input));
    input.generator.dispose();
    return { warnings, lines: store.metrics() };
  }
  const stageOne = (changes: Partial<HighToLowTrainerConfig>) =>
    warningsOf(new HighToLowTrainer(tinyHighToLowInput({ epochs, ...changes })));

  it('weighted terms of Eq. 13 in another order, once, in the metrics too', async () => {
    const { warnings, lines } = await stageTwo({ lossWeights: { mse: 0.001, keypoint: 1, confidence: 0 } });
    expect(warnings.map(({ kind }) => kind)).toEqual(['loss-order-broken']);
    expect(warnings[0]!.message).toContain('lossWeights.keypoint');
    const told = lines.filter((line) => 'warning' in line);
    expect(told).toEqual([
      { step: PATIENCE, epoch: expect.any(Number), warning: 'loss-order-broken', message: warnings[0]!.message },
    ]);
  }, 60_000);

  it('a k_t that stays at 1', async () => {
    // With such a gamma D2 always lags behind.
    const { warnings } = await stageTwo({ balance: { lambda: 100, gamma: 100 } });
    expect(warnings.map(({ kind }) => kind)).toEqual(['kt-saturated']);
  }, 60_000);

  it('a pixel loss that outweighs the GAN loss, and of nothing when all is well', async () => {
    const outweighed = await stageOne({ lossWeights: { gan: 1e-6, pixel: 1 } });
    expect(outweighed.map(({ kind }) => kind)).toEqual(['loss-order-broken']);
    expect(await stageOne({ lossWeights: { gan: 0.05, pixel: 1e-6 } })).toEqual([]);
  }, 60_000);
});

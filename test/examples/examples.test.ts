// The examples as a user runs them: against the built package.
import { useBackend } from 'lowres-landmarks';
import { Random } from 'lowres-landmarks/training';
import { beforeAll, describe, expect, it } from 'vitest';
import { MotionBlurTrainer, motionBlur, TurbulenceTrainer, turbulence } from '../../examples/blurred-faces.js';
import { PatchLearner } from '../../examples/patch-learner.js';
import { tinyHighToLowInput, tinyInput } from '../support/faces/tiny-trainings.js';
import { memoryStore } from '../support/memory-store.js';

beforeAll(() => useBackend('wasm'));

const dot = () => {
  const data = new Float32Array(32 * 32 * 3);
  data.fill(90, (16 * 32 + 16) * 3, (16 * 32 + 16) * 3 + 3);
  return { data, width: 32, height: 32 };
};

describe('blurred faces', () => {
  it('smears a dot along the direction, and loses no light', () => {
    const { data } = motionBlur(dot(), 9, 0);
    expect([12, 16, 20].map((x) => data[(16 * 32 + x) * 3])).toEqual(
      [10, 10, 10].map((value) => expect.closeTo(value, 4)),
    );
    expect(Array.from(data).reduce((sum, value) => sum + value, 0)).toBeCloseTo(270, 2);
  });

  it('bends a picture by no more than the strength', () => {
    const still = turbulence(dot(), 0, new Random(1));
    expect(still.data).toEqual(dot().data);
    const ramp = { ...dot(), data: Float32Array.from({ length: 32 * 32 * 3 }, (_, i) => Math.floor(i / 3) % 32) };
    const moved = turbulence(ramp, 3, new Random(1)).data.map((value, i) => value - ramp.data[i]!);
    expect(Math.max(...moved)).toBeGreaterThan(0);
    expect(Math.max(...moved.map(Math.abs))).toBeLessThanOrEqual(3);
  });

  it.each([MotionBlurTrainer, TurbulenceTrainer])('trains with %o', async (Trainer) => {
    const store = memoryStore();
    const trainer = new Trainer(tinyInput({ epochs: 6 }, { store }) as never);
    await trainer.train();
    trainer.dispose();
    const losses = store.metrics().flatMap(({ loss }) => (loss === undefined ? [] : [loss]));
    expect(losses.at(-1)!).toBeLessThan(losses[0]! / 2);
  });
});

describe('another discriminator', () => {
  it('is trained in place of D1, on worker threads too, and judges patches by least squares', async () => {
    const { HighToLowTrainer } = await import('lowres-landmarks/training');
    const store = memoryStore();
    const trainer = new HighToLowTrainer({
      ...tinyHighToLowInput({ epochs: 1 }, { store }),
      learner: PatchLearner,
    } as never);
    expect(trainer.discriminator.model.outputs[0]!.shape).toEqual([null, 1, 1, 1]);
    await trainer.train({ workers: 2 });
    const [first] = store.metrics();
    expect(first!.discriminatorLoss).toBeCloseTo(first!.realLoss! + first!.fakeLoss!, 5);
    trainer.dispose();
  });
});

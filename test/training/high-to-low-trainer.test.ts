import { describe, expect, it } from 'vitest';
import { DatasetError, InvalidArgumentError, TrainingDivergedError } from '../../src/errors.js';
import { decodeWeightsFile } from '../../src/formats/weights-file.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';
import { Random } from '../../src/random.js';
import { generateFaces } from '../../src/training/generate-faces.js';
import { resolveHighToLowConfig } from '../../src/training/high-to-low-config.js';
import { GENERATOR_FILE, HighToLowTrainer } from '../../src/training/high-to-low-trainer.js';
import { grainyFaces } from '../support/faces/drawn-faces.js';
import { tinyGenerator, tinyHighToLowInput } from '../support/faces/tiny-trainings.js';
import { memoryStore } from '../support/memory-store.js';
import { expectNoLeak } from '../support/tensors.js';

describe('HighToLowTrainer', () => {
  it('logs the terms of Eqs. 1, 2 and 4, raw and weighted, for each step', async () => {
    const store = memoryStore();
    const changes = { epochs: 1, lossWeights: { gan: 0.05, pixel: 2 } };
    const trainer = new HighToLowTrainer(tinyHighToLowInput(changes, { store }));
    await trainer.train();
    trainer.dispose();
    for (const line of store.metrics().filter(({ validation }) => !validation)) {
      expect(line.weightedGan).toBeCloseTo(0.05 * line.ganLoss!, 6);
      expect(line.weightedPixel).toBeCloseTo(2 * line.pixelLoss!, 5);
      expect(line.loss).toBeCloseTo(line.weightedGan! + line.weightedPixel!, 5);
      expect(line.discriminatorLoss).toBeCloseTo(line.realLoss! + line.fakeLoss!, 5);
      expect(line.gradientNorm).toBeGreaterThan(0);
      expect(line.discriminatorGradientNorm).toBeGreaterThan(0);
    }
  });

  it('learns to copy a face with the pixel loss alone', async () => {
    const store = memoryStore();
    // Without skips: with them there is nothing left to learn.
    const generator = { inputSize: 32, noise: 4, widths: [4, 4, 4, 4, 4], skips: false };
    // D1 has no say, and is as small as can be.
    const discriminator = { widths: [1, 1, 1, 1] };
    const changes = { generator, discriminator, epochs: 20, learningRate: 2e-2, lossWeights: { gan: 0, pixel: 1 } };
    const trainer = new HighToLowTrainer(tinyHighToLowInput(changes, { store }));
    await trainer.train();
    trainer.dispose();
    const losses = store.metrics().flatMap(({ pixelLoss }) => (pixelLoss === undefined ? [] : [pixelLoss]));
    expect(losses.at(-1)!).toBeLessThan(losses[0]! / 5);
  });

  it('writes G1 after each epoch, and keeps held-out faces as in Fig. 4', async () => {
    const store = memoryStore();
    const trainer = new HighToLowTrainer(tinyHighToLowInput({ epochs: 1 }, { store }));
    await trainer.train();
    const { network, config } = decodeWeightsFile(store.files.get(GENERATOR_FILE)!);
    expect(network).toBe('HighToLowGenerator');
    expect(config).toEqual(trainer.generator.config);
    expect(trainer.degraded).toHaveLength(6);
    const [{ highResolution, subsampled, generated }] = trainer.degraded as [(typeof trainer.degraded)[0]];
    expect([highResolution.width, subsampled.width, generated.width]).toEqual([32, 8, 8]);
    trainer.dispose();
  });

  it('resumes bit for bit to the same weights and metrics, with u and both optimisers', async () => {
    const undisturbed = memoryStore();
    const whole = new HighToLowTrainer(tinyHighToLowInput({}, { store: undisturbed }));
    await whole.train();
    whole.dispose();
    const store = memoryStore();
    const stop = new AbortController();
    const first = new HighToLowTrainer(tinyHighToLowInput({}, { store }));
    first.on('step', ({ step }) => step === 4 && stop.abort());
    await first.train({ signal: stop.signal });
    first.dispose();
    const second = new HighToLowTrainer(tinyHighToLowInput({}, { store }));
    expect(await second.resume()).toBe(true);
    await second.train();
    second.dispose();
    expect(store.metrics()).toEqual(undisturbed.metrics());
    expect(store.files.get('checkpoint.safetensors')).toEqual(undisturbed.files.get('checkpoint.safetensors'));
  });

  it('uses the degradation of a subclass', async () => {
    class DarkTrainer extends HighToLowTrainer {
      protected override degrade(face: RgbImage, random: Random): RgbImage {
        const small = super.degrade(face, random);
        return { ...small, data: small.data.map((value) => value / 2) };
      }
    }
    const input = tinyHighToLowInput({ epochs: 1 });
    const [plain, dark] = [new HighToLowTrainer(input), new DarkTrainer(input)];
    await plain.train();
    await dark.train();
    const [bright, half] = [plain.degraded[0]!.subsampled.data, dark.degraded[0]!.subsampled.data];
    expect(half[10]).toBeCloseTo(bright[10]! / 2, 4);
    plain.dispose();
    dark.dispose();
  });

  it('stops at a NaN loss, and names the last good checkpoint', async () => {
    const input = tinyHighToLowInput({ learningRate: 1e30 }, { store: memoryStore() });
    const trainer = new HighToLowTrainer(input);
    await expect(trainer.train()).rejects.toThrow(TrainingDivergedError);
    trainer.dispose();
  });

  it('leaves no tensor behind', async () => {
    await expectNoLeak(async () => {
      const trainer = new HighToLowTrainer(tinyHighToLowInput({ epochs: 1 }));
      await trainer.train();
      trainer.dispose();
    });
  });

  it('refuses a dataset without real faces', () => {
    expect(() => new HighToLowTrainer(tinyHighToLowInput({}, { realTraining: grainyFaces(0) }))).toThrow(DatasetError);
  });
});

describe('generateFaces', () => {
  it('gives the same faces for the same noise, and different ones for other noise', async () => {
    using generator = tinyGenerator();
    const face: RgbImage = { data: new Float32Array(32 * 32 * 3).fill(90), width: 32, height: 32 };
    await expectNoLeak(async () => {
      const [first] = await generateFaces(generator, [face], [new Random(1)]);
      const [same] = await generateFaces(generator, [face], [new Random(1)]);
      const [other] = await generateFaces(generator, [face], [new Random(2)]);
      expect(first!.width).toBe(8);
      expect(same!.data).toEqual(first!.data);
      expect(other!.data).not.toEqual(first!.data);
      expect(first!.data.every((value) => value >= 0 && value <= 255)).toBe(true);
    });
  });
});

describe('resolveHighToLowConfig', () => {
  it('is the paper’s by default: 200 epochs, batch 32, rate 2e-4 halved at 80 and 160, Adam 0.5 / 0.9', () => {
    expect(resolveHighToLowConfig('stage-one')).toMatchObject({
      epochs: 200,
      batchSize: 32,
      learningRate: 2e-4,
      milestones: [80, 160],
      adam: { beta1: 0.5, beta2: 0.9 },
      augmentation: { rotation: 30, scale: [0.9, 1.1], flip: 0 },
      generator: {},
    });
  });

  it('refuses a wrong setting, and names it', () => {
    const wrong = { lossWeights: { gan: -1, pixel: 1 } };
    expect(() => resolveHighToLowConfig('stage-one', wrong)).toThrow(InvalidArgumentError);
    expect(() => resolveHighToLowConfig('stage-one', wrong)).toThrow(/lossWeights\.gan/);
  });
});

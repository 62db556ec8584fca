import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { decodeSafetensors } from '../../src/formats/safetensors.js';
import { HeatmapTrainer } from '../../src/training/heatmap-trainer.js';
import { KtBalancer } from '../../src/training/kt-balancer.js';
import type { SemiSupervisedPreset } from '../../src/training/semi-supervised-config.js';
import { SemiSupervisedTrainer } from '../../src/training/semi-supervised-trainer.js';
import { CHECKPOINT_FILE } from '../../src/training-loop/checkpoint.js';
import { drawnFaces, grainyFaces } from '../support/faces/drawn-faces.js';
import { tinyGenerator, tinySemiSupervisedConfig, tinySemiSupervisedInput } from '../support/faces/tiny-trainings.js';
import { memoryStore } from '../support/memory-store.js';
import { expectNoLeak } from '../support/tensors.js';

const discriminatorTerms = ['realReconstruction', 'fakeReconstruction'];
const confidenceTerms = ['confidenceReal', 'confidenceFakeGenerated', 'confidenceFakeReal'];

async function trained(preset: SemiSupervisedPreset, epochs = 1) {
  const store = memoryStore();
  const input = tinySemiSupervisedInput(preset, { epochs }, { store });
  const trainer = new SemiSupervisedTrainer(input);
  await trainer.train();
  trainer.dispose();
  input.generator.dispose();
  return store;
}

describe('the settings of stage two', () => {
  it.each<[SemiSupervisedPreset, string[]]>([
    ['S2', []],
    ['S3', [...discriminatorTerms, 'kt', 'convergence', 'keypointLoss', 'weightedKeypoint']],
    [
      'S4',
      [
        ...discriminatorTerms,
        'kt',
        'convergence',
        'keypointLoss',
        'weightedKeypoint',
        ...confidenceTerms,
        'confidenceLoss',
        'weightedConfidence',
      ],
    ],
  ])('%s logs its own terms and no others', async (preset, own) => {
    const common = [
      'loss',
      'landmarkLoss',
      'backgroundLoss',
      'weightedMse',
      'gradientNorm',
      'step',
      'epoch',
      'learningRate',
    ];
    const ofDiscriminators = preset === 'S2' ? [] : ['discriminatorLoss', 'discriminatorGradientNorm'];
    const [first] = (await trained(preset)).metrics();
    expect(new Set(Object.keys(first!))).toEqual(new Set([...common, ...ofDiscriminators, ...own]));
  });

  it('S4 logs terms weighted as in Eq. 13', async () => {
    for (const line of (await trained('S4')).metrics().filter(({ validation }) => !validation)) {
      expect(line.weightedMse).toBeCloseTo(line.landmarkLoss! + line.backgroundLoss!, 5);
      expect(line.weightedKeypoint).toBeCloseTo(0.05 * line.keypointLoss!, 6);
      expect(line.weightedConfidence).toBeCloseTo(0.005 * line.confidenceLoss!, 7);
      expect(line.loss).toBeCloseTo(line.weightedMse! + line.weightedKeypoint! + line.weightedConfidence!, 5);
      const confidence = line.confidenceReal! + line.confidenceFakeGenerated! + line.confidenceFakeReal!;
      const keypoint = line.realReconstruction! - line.kt! * line.fakeReconstruction!;
      expect(line.discriminatorLoss).toBeCloseTo(keypoint + confidence, 4);
    }
  });

  it('k_t follows Eq. 8 from step to step, and M is logged', async () => {
    const balancer = new KtBalancer();
    for (const line of (await trained('S3', 2)).metrics().filter(({ validation }) => !validation)) {
      const [real, fake] = [line.realReconstruction!, line.fakeReconstruction!];
      expect(line.kt).toBe(balancer.k);
      expect(line.convergence).toBeCloseTo(real + Math.abs(0.5 * real - fake), 10);
      balancer.update(real, fake);
    }
  });

  it('training changes every network but the frozen G1', async () => {
    const store = memoryStore();
    const input = tinySemiSupervisedInput('S4', { epochs: 1 }, { store });
    const trainer = new SemiSupervisedTrainer(input);
    await trainer.saveCheckpoint();
    const before = networksIn(store.files.get(CHECKPOINT_FILE)!);
    await trainer.train();
    const after = networksIn(store.files.get(CHECKPOINT_FILE)!);
    const changed = Object.keys(before).map((name) => [name, before[name] !== after[name]]);
    expect(Object.fromEntries(changed)).toEqual({
      network: true,
      heatmapDiscriminator: true,
      confidenceDiscriminator: true,
      generator: false,
    });
    trainer.dispose();
    input.generator.dispose();
  });
});

/** The weights in a checkpoint by the names of their networks. */
function networksIn(checkpoint: Uint8Array): Record<string, string> {
  const networks: Record<string, string> = {};
  for (const [name, { data }] of Object.entries(decodeSafetensors(checkpoint).tensors)) {
    const [kind, network] = name.split('/');
    if (kind === 'networks') networks[network!] = `${networks[network!] ?? ''}${data.join()};`;
  }
  return networks;
}

describe('resuming stage two', () => {
  it('ends bit for bit with the same weights and metrics, with k_t, u and every optimiser', async () => {
    const undisturbed = await trained('S4', 2);
    const store = memoryStore();
    const input = tinySemiSupervisedInput('S4', {}, { store });
    const stop = new AbortController();
    const first = new SemiSupervisedTrainer(input);
    first.on('step', ({ step }) => step === 2 && stop.abort());
    await first.train({ signal: stop.signal });
    first.dispose();
    input.generator.dispose();
    // Another G1: the checkpoint's is used.
    const generator = tinyGenerator();
    tf.tidy(() => generator.trainableVariables[0]!.assign(tf.zerosLike(generator.trainableVariables[0]!)));
    const second = new SemiSupervisedTrainer({ ...input, generator });
    expect(await second.resume()).toBe(true);
    await second.train();
    second.dispose();
    generator.dispose();
    expect(store.metrics()).toEqual(undisturbed.metrics());
    expect(store.files.get('checkpoint.safetensors')).toEqual(undisturbed.files.get('checkpoint.safetensors'));
  });
});

describe('a SemiSupervisedTrainer refuses', () => {
  it('a G1 of another crop size', () => {
    const input = tinySemiSupervisedInput('S2', { cropSize: 64 });
    expect(() => new SemiSupervisedTrainer(input)).toThrow(/G1 takes faces of 32 pixels, cropSize is 64/);
    input.generator.dispose();
  });

  it('D3 without real faces', () => {
    const { real, ...input } = tinySemiSupervisedInput('S4');
    expect(() => new SemiSupervisedTrainer(input)).toThrow(InvalidArgumentError);
    expect(() => new SemiSupervisedTrainer({ ...input, real: grainyFaces(0) })).toThrow(/real low-resolution faces/);
    input.generator.dispose();
  });

  it('lowResolution "generated" without G1', async () => {
    const config = tinySemiSupervisedConfig('S2');
    const { heatmapDiscriminator, confidenceDiscriminator, lossWeights, balance, ...rest } = config;
    const trainer = new HeatmapTrainer({ config: rest, training: drawnFaces(4), validation: drawnFaces(2) });
    await expect(trainer.train()).rejects.toThrow(/needs G1/);
    trainer.dispose();
  });
});

it('a SemiSupervisedTrainer leaks no tensor, also when its constructor throws', async () => {
  const generator = tinyGenerator();
  await expectNoLeak(async () => {
    const trainer = new SemiSupervisedTrainer(tinySemiSupervisedInput('S4', { epochs: 1 }, { generator }));
    await trainer.train();
    trainer.dispose();
    const input = tinySemiSupervisedInput('S2', { cropSize: 64 }, { generator });
    expect(() => new SemiSupervisedTrainer(input)).toThrow();
  });
  generator.dispose();
});

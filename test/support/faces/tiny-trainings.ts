import { HighToLowGenerator } from '../../../src/networks/high-to-low-generator.js';
import { type HeatmapTrainerConfig, resolveHeatmapConfig } from '../../../src/training/heatmap-config.js';
import type { HeatmapTrainer, HeatmapTrainerInput } from '../../../src/training/heatmap-trainer.js';
import { type HighToLowTrainerConfig, resolveHighToLowConfig } from '../../../src/training/high-to-low-config.js';
import type { HighToLowTrainerInput } from '../../../src/training/high-to-low-trainer.js';
import { type IdentityTrainerConfig, resolveIdentityConfig } from '../../../src/training/identity-config.js';
import type { IdentityTrainerInput } from '../../../src/training/identity-trainer.js';
import {
  resolveSemiSupervisedConfig,
  type SemiSupervisedPreset,
  type SemiSupervisedTrainerConfig,
} from '../../../src/training/semi-supervised-config.js';
import type { SemiSupervisedTrainerInput } from '../../../src/training/semi-supervised-trainer.js';
import { drawnFaces, drawnPeople, grainyFaces, peopleDataset } from './drawn-faces.js';

/** A configuration that trains in milliseconds a step: 16 pixels, two groups of four channels. */
export function tinyConfig(changes: Partial<HeatmapTrainerConfig> = {}): HeatmapTrainerConfig {
  return resolveHeatmapConfig('S1', {
    seed: 3,
    epochs: 2,
    batchSize: 4,
    learningRate: 5e-3,
    milestones: [],
    network: { inputSize: 16, widths: [4, 4] },
    cropSize: 32,
    lowResolution: 'varied',
    ...changes,
  });
}

/** What a tiny trainer takes: ten faces (three steps an epoch, the last of two faces) and two held out. */
export function tinyInput(
  changes: Partial<HeatmapTrainerConfig> = {},
  rest: Partial<HeatmapTrainerInput> = {},
): HeatmapTrainerInput {
  return { config: tinyConfig(changes), training: drawnFaces(10), validation: drawnFaces(2, 2), ...rest };
}

/** Stage one in milliseconds a step: 32 pixels to 8. */
function tinyHighToLowConfig(changes: Partial<HighToLowTrainerConfig> = {}): HighToLowTrainerConfig {
  return resolveHighToLowConfig('stage-one', {
    scale: 'small',
    seed: 3,
    epochs: 2,
    batchSize: 4,
    milestones: [],
    generator: { inputSize: 32, noise: 4, widths: [4, 4, 4, 4, 4] },
    discriminator: { widths: [4, 4, 4, 4] },
    ...changes,
  });
}

/** What a tiny stage one takes: ten faces and eight real ones, six and four held out. */
export function tinyHighToLowInput(
  changes: Partial<HighToLowTrainerConfig> = {},
  rest: Partial<HighToLowTrainerInput> = {},
): HighToLowTrainerInput {
  return {
    config: tinyHighToLowConfig(changes),
    training: drawnFaces(10),
    validation: drawnFaces(6, 2),
    realTraining: grainyFaces(8),
    realValidation: grainyFaces(4, 6),
    ...rest,
  };
}

/** A setting of stage two in milliseconds a step: 16 pixels, two groups of four channels. */
export function tinySemiSupervisedConfig(
  preset: SemiSupervisedPreset,
  changes: Partial<SemiSupervisedTrainerConfig> = {},
): SemiSupervisedTrainerConfig {
  const config = resolveSemiSupervisedConfig(preset, {
    scale: 'small',
    seed: 3,
    epochs: 2,
    batchSize: 4,
    learningRate: 5e-3,
    milestones: [],
    network: { inputSize: 16, widths: [4, 4] },
    cropSize: 32,
  });
  return {
    ...config,
    heatmapDiscriminator: config.heatmapDiscriminator && { widths: [4, 4] },
    confidenceDiscriminator: config.confidenceDiscriminator && { widths: [4, 4, 4, 4] },
    ...changes,
  };
}

/** What a tiny stage two takes. The generator is the caller's. */
export function tinySemiSupervisedInput(
  preset: SemiSupervisedPreset,
  changes: Partial<SemiSupervisedTrainerConfig> = {},
  rest: Partial<SemiSupervisedTrainerInput> = {},
): SemiSupervisedTrainerInput {
  return {
    config: tinySemiSupervisedConfig(preset, changes),
    training: drawnFaces(10),
    validation: drawnFaces(2, 2),
    real: grainyFaces(8),
    ...rest,
    generator: rest.generator ?? tinyGenerator(),
  };
}

/** An untrained G1 of 32 to 8 pixels. */
export function tinyGenerator(): HighToLowGenerator {
  return new HighToLowGenerator({ inputSize: 32, noise: 4, widths: [4, 4, 4, 4, 4], seed: 9 });
}

/** A configuration that trains in milliseconds a step. */
export function tinyIdentityConfig(changes: Partial<IdentityTrainerConfig> = {}): IdentityTrainerConfig {
  return resolveIdentityConfig('light-cnn', {
    scale: 'small',
    seed: 3,
    epochs: 2,
    batchSize: 6,
    learningRate: 0.01,
    milestones: [],
    network: { inputSize: 8, widths: [4, 8, 8, 8], blocks: [1, 1, 1, 1], embeddingSize: 16, poolings: 1 },
    augmentation: { flip: 0, shift: 1 },
    dropout: 0.2,
    ...changes,
  });
}

/** Four people: sixteen faces (three steps an epoch, the last of four faces), and eight held out. */
export function tinyIdentityInput(
  changes: Partial<IdentityTrainerConfig> = {},
  rest: Partial<IdentityTrainerInput> = {},
): IdentityTrainerInput {
  return {
    config: tinyIdentityConfig(changes),
    training: peopleDataset(drawnPeople(4, 4)),
    validation: peopleDataset(drawnPeople(4, 2, 2)),
    ...rest,
  };
}

/** Every weight of a trainer's network as plain numbers, for comparing bit by bit. */
export async function weightsOf(trainer: HeatmapTrainer): Promise<Record<string, number[]>> {
  const weights: Record<string, number[]> = {};
  for (const [name, tensor] of Object.entries(trainer.network.weights)) weights[name] = Array.from(await tensor.data());
  return weights;
}

import type { Dataset } from '../../src/datasets/dataset.js';
import type { UnlabelledSample } from '../../src/datasets/samples.js';
import { HighToLowGenerator } from '../../src/networks/high-to-low-generator.js';
import { Random } from '../../src/random.js';
import { type HighToLowTrainerConfig, resolveHighToLowConfig } from '../../src/training/high-to-low-config.js';
import type { HighToLowTrainerInput } from '../../src/training/high-to-low-trainer.js';
import {
  resolveSemiSupervisedConfig,
  type SemiSupervisedPreset,
  type SemiSupervisedTrainerConfig,
} from '../../src/training/semi-supervised-config.js';
import type { SemiSupervisedTrainerInput } from '../../src/training/semi-supervised-trainer.js';
import { drawnFaces } from './tiny-training.js';

/** Grainy little faces without landmarks. */
export function grainyFaces(count: number, seed = 5): Dataset<UnlabelledSample> {
  return {
    length: count,
    group: (index) => `photograph-${Math.floor(index / 2)}`,
    async get(index) {
      const [size, random] = [14, new Random(seed, index)];
      const data = Uint8Array.from({ length: size * size * 3 }, () => random.integer(60, 180));
      return {
        id: `grainy-${index}`,
        image: { data, width: size, height: size },
        box: { x: 1, y: 1, width: 12, height: 12 },
      };
    },
  };
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

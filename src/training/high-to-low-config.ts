import * as v from 'valibot';
import { type AugmentationConfig, paperAugmentation } from '../augmentation/augment.js';
import type { HighToLowLossWeights } from '../losses/high-to-low-loss.js';
import type { HighToLowGeneratorConfig } from '../networks/high-to-low-generator.js';
import type { LowResDiscriminatorConfig } from '../networks/low-res-discriminator.js';
import type { AdamConfig } from '../training-loop/adam.js';
import type { TrainerConfig } from '../training-loop/trainer-types.js';
import { adamSettings, augmentationSettings, loopSettings, nonNegative, positive } from './config-settings.js';
import { type ConfigChanges, type ConfigTable, resolveConfig } from './resolve-config.js';

/** What a {@link HighToLowTrainer} is configured with. */
export interface HighToLowTrainerConfig extends TrainerConfig {
  /** G1. */
  generator: Partial<HighToLowGeneratorConfig>;
  /** D1. */
  discriminator: Partial<LowResDiscriminatorConfig>;
  adam: AdamConfig;
  /**
   * D1's learning rate as a multiple of G1's: 1 in the paper. 10 at the small scale (the two time-scale rule of Heusel
   * et al. 2017): a G1 that moves as fast as D1 follows its first guesses, about brightness and colour.
   */
  discriminatorRate: number;
  /** Of both kinds of faces, so that D1 cannot tell them apart by how they are placed. */
  augmentation: AugmentationConfig;
  /**
   * alpha and beta of Eq. 1. The paper gives none; 0.05 and 1 are those of its ancestor (Bulat et al. 2018). 0.005 and
   * 1 at the small scale, where G1 begins at F: the pixel loss is a mean over pixels, and with 0.05 nothing holds it
   * there.
   */
  lossWeights: HighToLowLossWeights;
}

/** There is one. */
export type HighToLowPreset = 'stage-one';

const paper: HighToLowTrainerConfig = {
  seed: 0,
  epochs: 200,
  batchSize: 32,
  learningRate: 2e-4,
  milestones: [80, 160],
  generator: {},
  discriminator: {},
  adam: { beta1: 0.5, beta2: 0.9, epsilon: 1e-8 },
  discriminatorRate: 1,
  augmentation: paperAugmentation,
  lossWeights: { gan: 0.05, pixel: 1 },
};

/**
 * It mirrors faces, because the fewer real ones there are the sooner D1 knows them by heart, and is as short as it is
 * because of that. `docs/stage-one.md` has the runs that led to it.
 */
const small: HighToLowTrainerConfig = {
  ...paper,
  epochs: 2,
  batchSize: 16,
  milestones: [1],
  learningRate: 1e-4,
  discriminatorRate: 10,
  augmentation: { ...paperAugmentation, flip: 0.5 },
  lossWeights: { gan: 0.005, pixel: 1 },
  generator: { widths: [8, 16, 32, 48, 64], skips: true },
  discriminator: { widths: [32, 32, 64, 64] },
};

const table: ConfigTable<HighToLowPreset, HighToLowTrainerConfig> = {
  presets: { 'stage-one': { paper, small } },
  schema: v.strictObject({
    ...loopSettings,
    generator: v.record(v.string(), v.unknown()),
    discriminator: v.record(v.string(), v.unknown()),
    adam: adamSettings,
    discriminatorRate: positive,
    augmentation: augmentationSettings,
    lossWeights: v.strictObject({ gan: nonNegative, pixel: nonNegative }),
  }),
  networks: ['generator', 'discriminator'],
};

/**
 * The configuration of a {@link HighToLowTrainer}: stage one at the paper's scale (section 4.1) or narrower and
 * shorter, with some settings replaced. Parts of the networks can be replaced by themselves, and milestones move with
 * `epochs` unless they are given.
 *
 * @throws InvalidArgumentError naming the preset, the scale or the setting that is wrong.
 * @example
 * const config = resolveHighToLowConfig('stage-one', { scale: 'small', lossWeights: { gan: 0.01, pixel: 1 } });
 */
export function resolveHighToLowConfig(
  preset: HighToLowPreset,
  changes: ConfigChanges<HighToLowTrainerConfig> = {},
): HighToLowTrainerConfig {
  return resolveConfig(table, preset, changes);
}

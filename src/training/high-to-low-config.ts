import * as v from 'valibot';
import type { AugmentationConfig } from '../augmentation/augment.js';
import type { HighToLowLossWeights } from '../losses/high-to-low-loss.js';
import type { HighToLowGeneratorConfig } from '../networks/high-to-low-generator.js';
import type { LowResDiscriminatorConfig } from '../networks/low-res-discriminator.js';
import type { AdamConfig } from '../training-loop/adam.js';
import type { TrainerConfig } from '../training-loop/trainer-types.js';
import {
  configResolver,
  networkSettings,
  nonNegative,
  paperProtocol,
  positive,
  protocolSettings,
} from './resolve-config.js';

/** The configuration of a {@link HighToLowTrainer}. */
export interface HighToLowTrainerConfig extends TrainerConfig {
  /** G1. */
  generator: Partial<HighToLowGeneratorConfig>;
  /** D1. */
  discriminator: Partial<LowResDiscriminatorConfig>;
  adam: AdamConfig;
  /**
   * D1's learning rate as a multiple of G1's: 1 in the paper; 10 at the small scale (the two time-scale rule of Heusel
   * et al. 2017), because a G1 as fast as D1 follows its first guesses, about brightness and colour.
   */
  discriminatorRate: number;
  /** Of both kinds of faces, so that their placement does not give them away to D1. */
  augmentation: AugmentationConfig;
  /**
   * alpha and beta of Eq. 1, which the paper does not give: 0.05 and 1 as in its ancestor (Bulat et al. 2018); 0.005
   * and 1 at the small scale, where G1 begins at F and a GAN weight of 0.05 drives it away.
   */
  lossWeights: HighToLowLossWeights;
}

/** Stage one has one preset. */
export type HighToLowPreset = 'stage-one';

const paper: HighToLowTrainerConfig = {
  ...paperProtocol,
  generator: {},
  discriminator: {},
  discriminatorRate: 1,
  lossWeights: { gan: 0.05, pixel: 1 },
};

/** Short, and with flips, because D1 soon knows a few real faces by heart; `docs/stage-one.md` has the runs. */
const small: HighToLowTrainerConfig = {
  ...paper,
  epochs: 2,
  batchSize: 16,
  milestones: [1],
  learningRate: 1e-4,
  discriminatorRate: 10,
  augmentation: { ...paper.augmentation, flip: 0.5 },
  lossWeights: { gan: 0.005, pixel: 1 },
  generator: { widths: [8, 16, 32, 48, 64], skips: true },
  discriminator: { widths: [32, 32, 64, 64] },
};

/**
 * The configuration of a {@link HighToLowTrainer}, stage one (section 4.1); see {@link ConfigChanges}.
 *
 * @throws InvalidArgumentError naming the preset, the scale or the setting that is wrong.
 * @example
 * const config = resolveHighToLowConfig('stage-one', { scale: 'small', lossWeights: { gan: 0.01, pixel: 1 } });
 */
export const resolveHighToLowConfig = configResolver<HighToLowPreset, HighToLowTrainerConfig>({
  presets: { 'stage-one': { paper, small } },
  schema: v.strictObject({
    ...protocolSettings,
    generator: networkSettings,
    discriminator: networkSettings,
    discriminatorRate: positive,
    lossWeights: v.strictObject({ gan: nonNegative, pixel: nonNegative }),
  }),
  networks: ['generator', 'discriminator'],
});

import * as v from 'valibot';
import type { AlignedAugmentation } from '../augmentation/augment-aligned.js';
import type { LightCNN29Config } from '../networks/light-cnn-config.js';
import type { SgdConfig } from '../training-loop/sgd.js';
import type { TrainerConfig } from '../training-loop/trainer-types.js';
import { configResolver, loopSettings, networkSettings, share } from './resolve-config.js';

/** The configuration of an {@link IdentityTrainer}. */
export interface IdentityTrainerConfig extends TrainerConfig {
  network: Partial<LightCNN29Config>;
  sgd: SgdConfig;
  augmentation: AlignedAugmentation;
  /** Probability of setting each number of an embedding to 0 before the classifier: 0.5, as LightCNN's authors do. */
  dropout: number;
}

/** LightCNN-29 has one preset. */
export type IdentityPreset = 'light-cnn';

/**
 * The paper gives the network, trained from scratch, and nothing else. The rest is LightCNN's own training: rate 0.01,
 * momentum 0.9, weight decay 1e-4, 80 epochs, the rate about halved (times 0.457) after each tenth of them, dropout
 * 0.5, flips, random crops; but batches of 32 as in section 4.1, because LightCNN's 128 take over 4 GB on wasm.
 *
 * Features are not normalised, so the loss stays near ln(people) for the first hundred steps or so.
 */
const paper: IdentityTrainerConfig = {
  seed: 0,
  epochs: 80,
  batchSize: 32,
  learningRate: 0.01,
  milestones: [10, 20, 30, 40, 50, 60, 70],
  network: {},
  sgd: { momentum: 0.9, weightDecay: 1e-4 },
  augmentation: { flip: 0.5, shift: 2 },
  dropout: 0.5,
};

/** Half the channels and one more max-pooling, for a thirteenth of the operations, and fewer epochs. */
const small: IdentityTrainerConfig = {
  ...paper,
  epochs: 20,
  milestones: [10, 14, 18],
  network: { widths: [24, 48, 96, 64], poolings: 3 },
};

/**
 * The configuration of an {@link IdentityTrainer}, LightCNN-29 on aligned faces (section 4.3); see
 * {@link ConfigChanges}.
 *
 * @throws InvalidArgumentError naming the preset, the scale or the setting that is wrong.
 * @example
 * const config = resolveIdentityConfig('light-cnn', { scale: 'small', epochs: 30 });
 */
export const resolveIdentityConfig = configResolver<IdentityPreset, IdentityTrainerConfig>({
  presets: { 'light-cnn': { paper, small } },
  schema: v.strictObject({
    ...loopSettings,
    network: networkSettings,
    sgd: v.strictObject({ momentum: v.pipe(v.number(), v.minValue(0), v.ltValue(1)), weightDecay: share }),
    augmentation: v.strictObject({ flip: share, shift: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
    dropout: v.pipe(v.number(), v.minValue(0), v.ltValue(1)),
  }),
  networks: ['network'],
});

import * as v from 'valibot';
import type { AlignedAugmentation } from '../augmentation/augment-aligned.js';
import type { LightCNN29Config } from '../networks/light-cnn-config.js';
import type { SgdConfig } from '../training-loop/sgd.js';
import type { TrainerConfig } from '../training-loop/trainer-types.js';
import { loopSettings, share } from './config-settings.js';
import { type ConfigChanges, type ConfigTable, resolveConfig } from './resolve-config.js';

/** What an {@link IdentityTrainer} is configured with. */
export interface IdentityTrainerConfig extends TrainerConfig {
  network: Partial<LightCNN29Config>;
  sgd: SgdConfig;
  augmentation: AlignedAugmentation;
  /**
   * Probability with which each number of an embedding is set to 0 before the classifier sees it: 0.5, as LightCNN's
   * authors train.
   */
  dropout: number;
}

/** There is one. */
export type IdentityPreset = 'light-cnn';

/**
 * Of the paper are the network and that it is trained from scratch; it gives nothing else, so LightCNN's own training
 * is followed: rate 0.01, momentum 0.9, weight decay 1e-4, 80 epochs, the rate about halved after each tenth of them
 * (there it is multiplied by 0.457), dropout 0.5, mirroring, random crops. But batches are of 32 faces, as in section
 * 4.1: LightCNN's 128 would take over 4 GB on wasm.
 *
 * Nothing normalises features, so the loss stays near ln(people) for the first hundred steps or so before it falls.
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

/** Half as many channels and one max-pooling more, which takes a thirteenth of the operations, and fewer epochs. */
const small: IdentityTrainerConfig = {
  ...paper,
  epochs: 20,
  milestones: [10, 14, 18],
  network: { widths: [24, 48, 96, 64], poolings: 3 },
};

const table: ConfigTable<IdentityPreset, IdentityTrainerConfig> = {
  presets: { 'light-cnn': { paper, small } },
  schema: v.strictObject({
    ...loopSettings,
    network: v.record(v.string(), v.unknown()),
    sgd: v.strictObject({ momentum: v.pipe(v.number(), v.minValue(0), v.ltValue(1)), weightDecay: share }),
    augmentation: v.strictObject({ flip: share, shift: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
    dropout: v.pipe(v.number(), v.minValue(0), v.ltValue(1)),
  }),
  networks: ['network'],
};

/**
 * The configuration of an {@link IdentityTrainer}: LightCNN-29 on aligned faces at the paper's scale (section 4.3) or
 * at one for a laptop, with some settings replaced. Parts of `network` can be replaced by themselves, and milestones
 * move with `epochs` unless they are given.
 *
 * @throws InvalidArgumentError naming the preset, the scale or the setting that is wrong.
 * @example
 * const config = resolveIdentityConfig('light-cnn', { scale: 'small', epochs: 30 });
 */
export function resolveIdentityConfig(
  preset: IdentityPreset,
  changes: ConfigChanges<IdentityTrainerConfig> = {},
): IdentityTrainerConfig {
  return resolveConfig(table, preset, changes);
}

import * as v from 'valibot';
import { type AugmentationConfig, paperAugmentation } from '../augmentation/augment.js';
import type { HeatmapUNetConfig } from '../networks/heatmap-unet-config.js';
import { positiveInteger } from '../networks/parse-config.js';
import type { AdamConfig } from '../training-loop/adam.js';
import type { TrainerConfig } from '../training-loop/trainer-types.js';
import { adamSettings, augmentationSettings, loopSettings, positive } from './config-settings.js';
import { type ConfigChanges, type ConfigTable, resolveConfig } from './resolve-config.js';

/**
 * Where low-resolution faces come from: `subsample` is the paper's F (setting S1), `none` keeps the resolution (HR-LD),
 * `varied` is blur, shrink, noise and JPEG of random strength, `generated` what G1 makes (S2 to S4).
 */
export type LowResolutionSource = 'subsample' | 'none' | 'varied' | 'generated';

/** What a {@link HeatmapTrainer} is configured with. */
export interface HeatmapTrainerConfig extends TrainerConfig {
  network: Partial<HeatmapUNetConfig>;
  adam: AdamConfig;
  augmentation: AugmentationConfig;
  lowResolution: LowResolutionSource;
  /** Width of the high-resolution crop that is augmented, in pixels. Paper: 128. */
  cropSize: number;
  /** Standard deviation of the heatmaps' Gaussians in heatmap pixels. Paper: 2. */
  sigma: number;
}

/** The settings of the paper that train G2 alone, and the recipe of the weights in this package. */
export type HeatmapPreset = 'S1' | 'HR-LD' | 'bundled';

const paper: HeatmapTrainerConfig = {
  seed: 0,
  epochs: 200,
  batchSize: 32,
  learningRate: 2e-4,
  milestones: [80, 160],
  network: {},
  adam: { beta1: 0.5, beta2: 0.9, epsilon: 1e-8 },
  augmentation: paperAugmentation,
  lowResolution: 'subsample',
  cropSize: 128,
  sigma: 2,
};

const bundled: HeatmapTrainerConfig = {
  ...paper,
  epochs: 30,
  batchSize: 16,
  learningRate: 1e-3,
  milestones: [15, 22, 26, 28],
  network: { widths: [32, 48, 64, 96] },
  adam: { beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
  augmentation: { rotation: 30, scale: [0.8, 1.25], shift: 0.15 / 1.2, flip: 0.5, colour: 0.3, occlusion: 0.2 },
  lowResolution: 'varied',
};

/** A setting of the paper at both scales; the small one is narrower and shorter, with a higher rate. */
function atBothScales(config: HeatmapTrainerConfig) {
  const { network } = config;
  const small: HeatmapTrainerConfig = {
    ...config,
    epochs: 8,
    batchSize: 16,
    learningRate: 1e-3,
    milestones: [4, 6, 7],
    network: { ...network, widths: [24, 32, 48, 64] },
  };
  return { paper: config, small };
}

/** S1 at both scales, from which S2 to S4 differ only in the low-resolution source and the discriminators. */
export const paperHeatmaps = atBothScales(paper);

/** The settings' schema. */
export const heatmapSettings = {
  ...loopSettings,
  network: v.record(v.string(), v.unknown()),
  adam: adamSettings,
  augmentation: augmentationSettings,
  lowResolution: v.picklist(['subsample', 'none', 'varied', 'generated']),
  cropSize: positiveInteger,
  sigma: positive,
};

const table: ConfigTable<HeatmapPreset, HeatmapTrainerConfig> = {
  presets: {
    S1: paperHeatmaps,
    'HR-LD': atBothScales({ ...paper, lowResolution: 'none', network: { inputSize: 128 } }),
    bundled: { paper: bundled, small: bundled },
  },
  schema: v.strictObject(heatmapSettings),
  networks: ['network'],
};

/**
 * The configuration of a {@link HeatmapTrainer}: a preset at a scale, with some settings replaced. Parts of `network`
 * can be replaced by themselves, and milestones move with `epochs` unless they are given.
 *
 * - `S1` (section 4.1): G2 on subsampled faces, 200 epochs at the paper's rates and augmentation.
 * - `HR-LD` (section 4.4): G2 at 128 pixels.
 * - `bundled`, the same at both scales: what the weights in this package were trained with. Faces are degraded in
 *   varied ways, boxes are moved by up to 15 % and scaled by 0.8-1.25 as those of unknown detectors are, pictures are
 *   flipped, recoloured and covered; a narrower network at the finest level and a higher rate make it affordable
 *   without a GPU.
 *
 * @throws InvalidArgumentError naming the preset, the scale or the setting that is wrong.
 * @example
 * const config = resolveHeatmapConfig('S1', { scale: 'small', epochs: 4 });
 */
export function resolveHeatmapConfig(
  preset: HeatmapPreset,
  changes: ConfigChanges<HeatmapTrainerConfig> = {},
): HeatmapTrainerConfig {
  return resolveConfig(table, preset, changes);
}

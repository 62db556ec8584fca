import * as v from 'valibot';
import { type AugmentationConfig, paperAugmentation } from '../augmentation/augment.js';
import { InvalidArgumentError } from '../errors.js';
import type { HeatmapUNetConfig } from '../networks/heatmap-unet-config.js';
import type { AdamConfig } from '../training-loop/adam.js';
import type { TrainerConfig } from '../training-loop/trainer-types.js';
import { adamSettings, augmentationSettings, checkConfig, loopSettings, positive, whole } from './config-settings.js';
import type { TrainingScale } from './high-to-low-config.js';

/**
 * Where low-resolution faces come from: `subsample` is the paper's F (setting S1), `none` keeps the resolution (HR-LD), `varied` is
 * blur, shrink, noise and JPEG of random strength, `generated` what G1 makes (S2 to S4).
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

/**
 * Configurations by name:
 *
 * - `S1` (section 4.1): G2 on subsampled faces, 200 epochs at the paper's rates and augmentation.
 * - `HR-LD` (section 4.4): G2 at 128 pixels.
 * - `bundled`: what the weights in this package were trained with. Faces are degraded in varied ways, boxes are moved by up to 15 % and
 *   scaled by 0.8-1.25 as those of unknown detectors are, pictures are flipped, recoloured and covered; a narrower network at the
 *   finest level and a higher rate make it affordable without a GPU.
 */
export const heatmapPresets: Readonly<Record<HeatmapPreset, HeatmapTrainerConfig>> = {
  S1: paper,
  'HR-LD': { ...paper, lowResolution: 'none', network: { inputSize: 128 } },
  bundled: {
    ...paper,
    epochs: 30,
    batchSize: 16,
    learningRate: 1e-3,
    milestones: [15, 22, 26, 28],
    network: { widths: [32, 48, 64, 96] },
    adam: { beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
    augmentation: { rotation: 30, scale: [0.8, 1.25], shift: 0.15 / 1.2, flip: 0.5, colour: 0.3, occlusion: 0.2 },
    lowResolution: 'varied',
  },
};

/** The settings' schema. */
export const heatmapSettings = {
  ...loopSettings,
  network: v.record(v.string(), v.unknown()),
  adam: adamSettings,
  augmentation: augmentationSettings,
  lowResolution: v.picklist(['subsample', 'none', 'varied', 'generated']),
  cropSize: whole,
  sigma: positive,
};
const schema = v.strictObject(heatmapSettings);

/** A setting of the paper at its own scale or, narrower, shorter and with a higher rate, at one for a laptop. */
export function paperAtScale(config: HeatmapTrainerConfig, scale: TrainingScale): HeatmapTrainerConfig {
  if (scale === 'paper') return config;
  const { network } = config;
  return {
    ...config,
    epochs: 8,
    batchSize: 16,
    learningRate: 1e-3,
    milestones: [4, 6, 7],
    network: { ...network, widths: [24, 32, 48, 64] },
  };
}

/**
 * A preset with some settings replaced.
 *
 * @throws InvalidArgumentError naming the setting that is wrong.
 */
export function resolveHeatmapTrainerConfig(
  preset: HeatmapPreset,
  changes: Partial<HeatmapTrainerConfig> = {},
): HeatmapTrainerConfig {
  if (!Object.hasOwn(heatmapPresets, preset)) {
    throw new InvalidArgumentError(`There is no preset "${preset}". Choose ${Object.keys(heatmapPresets).join(', ')}.`);
  }
  const base = heatmapPresets[preset];
  return checkConfig(schema, { ...base, ...changes, network: { ...base.network, ...changes.network } });
}

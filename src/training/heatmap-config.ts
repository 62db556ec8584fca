import * as v from 'valibot';
import type { AugmentationConfig } from '../augmentation/augment.js';
import type { HeatmapUNetConfig } from '../networks/heatmap-unet-config.js';
import { positiveInteger } from '../networks/parse-config.js';
import type { AdamConfig } from '../training-loop/adam.js';
import type { TrainerConfig } from '../training-loop/trainer-types.js';
import { configResolver, networkSettings, paperProtocol, positive, protocolSettings } from './resolve-config.js';

/**
 * Where low-resolution faces come from: `subsample` is the paper's F (setting S1), `none` keeps the resolution (HR-LD),
 * `varied` is blur, shrink, noise and JPEG of random strength, `generated` is G1 (S2 to S4).
 */
export type LowResolutionSource = 'subsample' | 'none' | 'varied' | 'generated';

/** The configuration of a {@link HeatmapTrainer}. */
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

/** The paper's settings that train G2 alone, and the recipe of the bundled weights. */
export type HeatmapPreset = 'S1' | 'HR-LD' | 'bundled';

const paper: HeatmapTrainerConfig = {
  ...paperProtocol,
  network: {},
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

/** A setting at both scales; the small one is narrower and shorter, with a higher rate. */
function atBothScales(config: HeatmapTrainerConfig) {
  const small: HeatmapTrainerConfig = {
    ...config,
    epochs: 8,
    batchSize: 16,
    learningRate: 1e-3,
    milestones: [4, 6, 7],
    network: { ...config.network, widths: [24, 32, 48, 64] },
  };
  return { paper: config, small };
}

/** S1. S2 to S4 differ from it only in the low-resolution source and the discriminators. */
export const paperHeatmaps = atBothScales(paper);

export const heatmapSettings = {
  ...protocolSettings,
  network: networkSettings,
  lowResolution: v.picklist(['subsample', 'none', 'varied', 'generated']),
  cropSize: positiveInteger,
  sigma: positive,
};

/**
 * The configuration of a {@link HeatmapTrainer}; see {@link ConfigChanges}.
 *
 * - `S1` (section 4.1): G2 on subsampled faces, 200 epochs at the paper's rates and augmentation.
 * - `HR-LD` (section 4.4): G2 at 128 pixels.
 * - `bundled`, the same at both scales: the recipe of the weights in this package. Faces are degraded in varied ways,
 *   flipped, colour-jittered and partly erased; boxes move by up to 15 % and scale by 0.8-1.25, as unknown detectors'
 *   do; a narrower network at the finest level and a higher rate make it affordable without a GPU.
 *
 * @throws InvalidArgumentError naming the preset, the scale or the setting that is wrong.
 * @example
 * const config = resolveHeatmapConfig('S1', { scale: 'small', epochs: 4 });
 */
export const resolveHeatmapConfig = configResolver<HeatmapPreset, HeatmapTrainerConfig>({
  presets: {
    S1: paperHeatmaps,
    'HR-LD': atBothScales({ ...paper, lowResolution: 'none', network: { inputSize: 128 } }),
    bundled: { paper: bundled, small: bundled },
  },
  schema: v.strictObject(heatmapSettings),
  networks: ['network'],
});

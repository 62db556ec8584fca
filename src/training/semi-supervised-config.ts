import * as v from 'valibot';
import type { SemiSupervisedLossWeights } from '../losses/semi-supervised-loss.js';
import type { BeganHeatmapDiscriminatorConfig } from '../networks/began-heatmap-discriminator.js';
import type { ConfidenceDiscriminatorConfig } from '../networks/confidence-discriminator.js';
import { nonNegative, positive } from './config-settings.js';
import { type HeatmapTrainerConfig, heatmapSettings, paperHeatmaps } from './heatmap-config.js';
import { type KtBalancerConfig, ktDefaults } from './kt-balancer.js';
import { type ConfigChanges, type ConfigTable, resolveConfig, type TrainingScale } from './resolve-config.js';

/** What a {@link SemiSupervisedTrainer} is configured with. */
export interface SemiSupervisedTrainerConfig extends HeatmapTrainerConfig {
  lowResolution: 'generated';
  /** D2, whose landmarks and input size are G2's; none when null. */
  heatmapDiscriminator: Partial<BeganHeatmapDiscriminatorConfig> | null;
  /**
   * D3, whose landmarks and input size are G2's; none when null. With it, real low-resolution faces are learned from.
   */
  confidenceDiscriminator: Partial<ConfidenceDiscriminatorConfig> | null;
  /**
   * a, b and c of Eq. 13: 1, 0.05 and 0.005. The paper gives none, only the order of the weighted terms, which these
   * keep.
   */
  lossWeights: SemiSupervisedLossWeights;
  /** lambda_k and gamma of Eq. 8. */
  balance: KtBalancerConfig;
}

/** The settings of the paper that learn from G1's faces: alone (S2), with D2 (S3), with D2, D3 and real faces (S4). */
export type SemiSupervisedPreset = 'S2' | 'S3' | 'S4';

/** What a setting learns with. */
type Discriminators = Pick<SemiSupervisedTrainerConfig, 'heatmapDiscriminator' | 'confidenceDiscriminator'>;

function atBothScales(discriminatorsAt: (scale: TrainingScale) => Discriminators) {
  const at = (scale: TrainingScale): SemiSupervisedTrainerConfig => ({
    ...paperHeatmaps[scale],
    lowResolution: 'generated',
    ...discriminatorsAt(scale),
    lossWeights: { mse: 1, keypoint: 0.05, confidence: 0.005 },
    balance: ktDefaults,
  });
  return { paper: at('paper'), small: at('small') };
}

/** As wide as G2, or the paper's. */
const heatmapDiscriminator = { paper: {}, small: { widths: paperHeatmaps.small.network.widths! } };
const confidenceDiscriminator = { paper: {}, small: { widths: [32, 32, 64, 64] } };
const networkSettings = v.nullable(v.record(v.string(), v.unknown()));

const table: ConfigTable<SemiSupervisedPreset, SemiSupervisedTrainerConfig> = {
  presets: {
    S2: atBothScales(() => ({ heatmapDiscriminator: null, confidenceDiscriminator: null })),
    S3: atBothScales((scale) => ({
      heatmapDiscriminator: heatmapDiscriminator[scale],
      confidenceDiscriminator: null,
    })),
    S4: atBothScales((scale) => ({
      heatmapDiscriminator: heatmapDiscriminator[scale],
      confidenceDiscriminator: confidenceDiscriminator[scale],
    })),
  },
  schema: v.strictObject({
    ...heatmapSettings,
    lowResolution: v.literal('generated'),
    heatmapDiscriminator: networkSettings,
    confidenceDiscriminator: networkSettings,
    lossWeights: v.strictObject({ mse: nonNegative, keypoint: nonNegative, confidence: nonNegative }),
    balance: v.strictObject({ lambda: positive, gamma: positive }),
  }),
  networks: ['network'],
};

/**
 * The configuration of a {@link SemiSupervisedTrainer}: a setting of section 4.1 at a scale, with some settings
 * replaced. They differ in nothing but the discriminators. Parts of `network` can be replaced by themselves, and
 * milestones move with `epochs` unless they are given.
 *
 * @throws InvalidArgumentError naming the preset, the scale or the setting that is wrong.
 * @example
 * const config = resolveSemiSupervisedConfig('S4', { scale: 'small' });
 */
export function resolveSemiSupervisedConfig(
  preset: SemiSupervisedPreset,
  changes: ConfigChanges<SemiSupervisedTrainerConfig> = {},
): SemiSupervisedTrainerConfig {
  return resolveConfig(table, preset, changes);
}

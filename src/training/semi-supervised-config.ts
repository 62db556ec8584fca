import * as v from 'valibot';
import type { SemiSupervisedLossWeights } from '../losses/semi-supervised-loss.js';
import type { BeganHeatmapDiscriminatorConfig } from '../networks/began-heatmap-discriminator.js';
import type { ConfidenceDiscriminatorConfig } from '../networks/confidence-discriminator.js';
import { checkConfig, nonNegative, positive } from './config-settings.js';
import { type HeatmapTrainerConfig, heatmapPresets, heatmapSettings, paperAtScale } from './heatmap-trainer-config.js';
import type { TrainingScale } from './high-to-low-config.js';
import { type KtBalancerConfig, ktDefaults } from './kt-balancer.js';

/** What a {@link SemiSupervisedTrainer} is configured with. */
export interface SemiSupervisedTrainerConfig extends HeatmapTrainerConfig {
  lowResolution: 'generated';
  /** D2, whose landmarks and input size are G2's; none when null. */
  heatmapDiscriminator: Partial<BeganHeatmapDiscriminatorConfig> | null;
  /** D3, whose landmarks and input size are G2's; none when null. With it, real low-resolution faces are learned from. */
  confidenceDiscriminator: Partial<ConfidenceDiscriminatorConfig> | null;
  /** a, b and c of Eq. 13: 1, 0.05 and 0.005. The paper gives none, only the order of the weighted terms, which these keep. */
  lossWeights: SemiSupervisedLossWeights;
  /** lambda_k and gamma of Eq. 8. */
  balance: KtBalancerConfig;
}

/** The settings of the paper that learn from G1's faces: alone (S2), with D2 (S3), with D2, D3 and real faces (S4). */
export type SemiSupervisedPreset = 'S2' | 'S3' | 'S4';

const lossWeights = { mse: 1, keypoint: 0.05, confidence: 0.005 };

/**
 * A setting of section 4.1 at a scale, with some of it replaced. They differ in nothing but the discriminators.
 *
 * @throws InvalidArgumentError naming the setting that is wrong.
 */
export function resolveSemiSupervisedConfig(
  preset: SemiSupervisedPreset,
  scale: TrainingScale = 'paper',
  changes: Partial<SemiSupervisedTrainerConfig> = {},
): SemiSupervisedTrainerConfig {
  const base = paperAtScale(heatmapPresets.S1, scale);
  const { widths } = base.network;
  const heatmapDiscriminator = widths ? { widths } : {};
  const confidenceDiscriminator = scale === 'small' ? { widths: [32, 32, 64, 64] } : {};
  return checkConfig(schema, {
    ...base,
    lowResolution: 'generated',
    heatmapDiscriminator: preset === 'S2' ? null : heatmapDiscriminator,
    confidenceDiscriminator: preset === 'S4' ? confidenceDiscriminator : null,
    lossWeights,
    balance: ktDefaults,
    ...changes,
    network: { ...base.network, ...changes.network },
  });
}

const networkSettings = v.nullable(v.record(v.string(), v.unknown()));
const schema = v.strictObject({
  ...heatmapSettings,
  lowResolution: v.literal('generated'),
  heatmapDiscriminator: networkSettings,
  confidenceDiscriminator: networkSettings,
  lossWeights: v.strictObject({ mse: nonNegative, keypoint: nonNegative, confidence: nonNegative }),
  balance: v.strictObject({ lambda: positive, gamma: positive }),
});

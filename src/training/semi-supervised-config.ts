import * as v from 'valibot';
import type { SemiSupervisedLossWeights } from '../losses/semi-supervised-loss.js';
import type { BeganHeatmapDiscriminatorConfig } from '../networks/began-heatmap-discriminator.js';
import type { ConfidenceDiscriminatorConfig } from '../networks/confidence-discriminator.js';
import { type HeatmapTrainerConfig, heatmapSettings, paperHeatmaps } from './heatmap-config.js';
import { type KtBalancerConfig, ktDefaults, ktSettings } from './kt-balancer.js';
import { configResolver, networkSettings, nonNegative, type TrainingScale } from './resolve-config.js';

/** The configuration of a {@link SemiSupervisedTrainer}. */
export interface SemiSupervisedTrainerConfig extends HeatmapTrainerConfig {
  lowResolution: 'generated';
  /** D2, with G2's landmarks and input size; none when null. */
  heatmapDiscriminator: Partial<BeganHeatmapDiscriminatorConfig> | null;
  /** D3, with G2's landmarks and input size; none when null. It is what learns from real low-resolution faces. */
  confidenceDiscriminator: Partial<ConfidenceDiscriminatorConfig> | null;
  /** a, b and c of Eq. 13: 1, 0.05, 0.005. The paper gives only the order of the weighted terms, which these keep. */
  lossWeights: SemiSupervisedLossWeights;
  /** lambda_k and gamma of Eq. 8. */
  balance: KtBalancerConfig;
}

/** The paper's settings that learn from G1's faces: G2 alone (S2), with D2 (S3), with D2, D3 and real faces (S4). */
export type SemiSupervisedPreset = 'S2' | 'S3' | 'S4';

/** As wide as G2, or the paper's. */
const d2 = { paper: {}, small: { widths: paperHeatmaps.small.network.widths! } };
const d3 = { paper: {}, small: { widths: [32, 32, 64, 64] } };

function atBothScales(uses: { d2: boolean; d3: boolean }) {
  const at = (scale: TrainingScale): SemiSupervisedTrainerConfig => ({
    ...paperHeatmaps[scale],
    lowResolution: 'generated',
    heatmapDiscriminator: uses.d2 ? d2[scale] : null,
    confidenceDiscriminator: uses.d3 ? d3[scale] : null,
    lossWeights: { mse: 1, keypoint: 0.05, confidence: 0.005 },
    balance: ktDefaults,
  });
  return { paper: at('paper'), small: at('small') };
}

/**
 * The configuration of a {@link SemiSupervisedTrainer}: a setting of section 4.1, which differ only in their
 * discriminators; see {@link ConfigChanges}.
 *
 * @throws InvalidArgumentError naming the preset, the scale or the setting that is wrong.
 * @example
 * const config = resolveSemiSupervisedConfig('S4', { scale: 'small' });
 */
export const resolveSemiSupervisedConfig = configResolver<SemiSupervisedPreset, SemiSupervisedTrainerConfig>({
  presets: {
    S2: atBothScales({ d2: false, d3: false }),
    S3: atBothScales({ d2: true, d3: false }),
    S4: atBothScales({ d2: true, d3: true }),
  },
  schema: v.strictObject({
    ...heatmapSettings,
    lowResolution: v.literal('generated'),
    heatmapDiscriminator: v.nullable(networkSettings),
    confidenceDiscriminator: v.nullable(networkSettings),
    lossWeights: v.strictObject({ mse: nonNegative, keypoint: nonNegative, confidence: nonNegative }),
    balance: ktSettings,
  }),
  networks: ['network'],
});

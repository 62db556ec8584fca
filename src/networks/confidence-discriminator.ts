import * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { channelsOfFacesAndHeatmaps, joinFacesAndHeatmaps } from './faces-and-heatmaps.js';
import type { ApplyOptions } from './network.js';
import { assertHalvable, parseConfig, positiveInteger } from './parse-config.js';
import {
  ResidualDiscriminator,
  type ResidualDiscriminatorConfig,
  residualDiscriminatorSettings,
} from './residual-discriminator.js';

/** Settings of {@link ConfidenceDiscriminator}. */
export interface ConfidenceDiscriminatorConfig extends ResidualDiscriminatorConfig {
  /** Number N of landmarks, 68 by default: it takes N + 1 heatmaps. */
  landmarks: number;
}

const schema = v.strictObject({ ...residualDiscriminatorSettings, landmarks: v.optional(positiveInteger, 68) });

/**
 * D3 (section 3.2.3): its confidence that heatmaps are a face's ground truth, also for faces without one. It learns by
 * least squares (Eq. 9).
 *
 * Input: faces `[faces, 32, 32, 3]` in -1..1 and heatmaps `[faces, 32, 32, N + 1]`. Output: `[faces, 1]`, linear; 1 for
 * ground truth.
 *
 * @throws InvalidArgumentError for a wrong setting, naming the nearest valid input size.
 * @example
 * const discriminator = new ConfidenceDiscriminator({ landmarks: 19 });
 * const confidence = discriminator.confidence(heatmaps, faces, { training: true });
 */
export class ConfidenceDiscriminator extends ResidualDiscriminator<ConfidenceDiscriminatorConfig> {
  static override readonly kind: string = 'ConfidenceDiscriminator';

  constructor(config: Partial<ConfidenceDiscriminatorConfig> = {}) {
    const resolved = parseConfig<ConfidenceDiscriminatorConfig>('ConfidenceDiscriminator', schema, config);
    assertHalvable('ConfidenceDiscriminator', resolved.inputSize, resolved.poolings);
    super(resolved);
  }

  /**
   * D3(H, I), `[faces, 1]`. The caller disposes it.
   *
   * @throws InvalidArgumentError when heatmaps and faces differ in number or size, or are not of the network's size.
   */
  confidence(heatmaps: tf.Tensor4D, faces: tf.Tensor4D, options?: ApplyOptions): tf.Tensor {
    return tf.tidy(() => this.apply(joinFacesAndHeatmaps(this.constructor.name, faces, heatmaps), options));
  }

  protected override inputChannels(): number {
    return channelsOfFacesAndHeatmaps(this.config.landmarks);
  }
}

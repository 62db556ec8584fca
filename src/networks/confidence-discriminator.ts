import * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { channelsOfFacesAndHeatmaps, joinFacesAndHeatmaps } from './faces-and-heatmaps.js';
import type { ApplyOptions } from './network.js';
import { parseConfig, positiveInteger } from './parse-config.js';
import {
  assertDiscriminatorSize,
  ResidualDiscriminator,
  type ResidualDiscriminatorConfig,
  residualDiscriminatorSettings,
} from './residual-discriminator.js';

/** What a `ConfidenceDiscriminator` is made from. */
export interface ConfidenceDiscriminatorConfig extends ResidualDiscriminatorConfig {
  /** The number N of landmarks, 68 by default: it takes N + 1 heatmaps. */
  landmarks: number;
}

const schema = v.strictObject({ ...residualDiscriminatorSettings, landmarks: v.optional(positiveInteger, 68) });

/**
 * D3 of the paper (section 3.2.3): how sure it is that heatmaps are the ground truth of a face, also of one that has
 * none. It learns by the least squares of Eq. 9.
 *
 * Input: faces `[faces, 32, 32, 3]` in -1..1 and their heatmaps `[faces, 32, 32, N + 1]`. Output: `[faces, 1]`, linear;
 * 1 for ground truth.
 *
 * @throws InvalidArgumentError when a setting is wrong; it names the nearest valid input size.
 * @example
 * const discriminator = new ConfidenceDiscriminator({ landmarks: 19 });
 * const confidence = discriminator.confidence(heatmaps, faces, { training: true });
 */
export class ConfidenceDiscriminator extends ResidualDiscriminator<ConfidenceDiscriminatorConfig> {
  static override readonly kind: string = 'ConfidenceDiscriminator';

  constructor(config: Partial<ConfidenceDiscriminatorConfig> = {}) {
    const resolved = parseConfig<ConfidenceDiscriminatorConfig>('ConfidenceDiscriminator', schema, config);
    assertDiscriminatorSize('ConfidenceDiscriminator', resolved);
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

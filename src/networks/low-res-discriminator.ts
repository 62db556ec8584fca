import type * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import type { ApplyOptions } from './network.js';
import { assertHalvable, parseConfig, positiveInteger } from './parse-config.js';
import {
  ResidualDiscriminator,
  type ResidualDiscriminatorConfig,
  residualDiscriminatorSettings,
} from './residual-discriminator.js';

/** Settings of {@link LowResDiscriminator}. */
export interface LowResDiscriminatorConfig extends ResidualDiscriminatorConfig {
  /** 3 for RGB (default). */
  inputChannels: number;
}

const schema = v.strictObject({ ...residualDiscriminatorSettings, inputChannels: v.optional(positiveInteger, 3) });

/**
 * D1 (section 3.1, Fig. 3b): distinguishes real low-resolution faces from G1's. It learns by the hinge loss (Eq. 2).
 *
 * Input: `[faces, 32, 32, 3]` in -1..1. Output: `[faces, 1]`, linear; high for real.
 *
 * @throws InvalidArgumentError for a wrong setting, naming the nearest valid input size.
 * @example
 * const discriminator = new LowResDiscriminator({ seed: 1 });
 * const scores = discriminator.apply(faces, { training: true });
 */
export class LowResDiscriminator extends ResidualDiscriminator<LowResDiscriminatorConfig> {
  static override readonly kind: string = 'LowResDiscriminator';

  constructor(config: Partial<LowResDiscriminatorConfig> = {}) {
    const resolved = parseConfig<LowResDiscriminatorConfig>('LowResDiscriminator', schema, config);
    assertHalvable('LowResDiscriminator', resolved.inputSize, resolved.poolings);
    super(resolved);
  }

  /** Scores, `[faces, 1]`; a subclass with another `head` may return more per face. The caller disposes them. */
  override apply(faces: tf.Tensor4D, options?: ApplyOptions): tf.Tensor {
    return super.apply(faces, options);
  }

  protected override inputChannels(): number {
    return this.config.inputChannels;
  }
}

/**
 * Stage one with another discriminator: one that judges each patch of a face by itself instead of the face as a whole, by least squares
 * instead of the hinge loss. `train-with-patches.ts` trains with it; it lies in a module of its own so that worker threads can load it.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import {
  type ApplyOptions,
  HighToLowLearner,
  type LayerFactory,
  LowResDiscriminator,
  type LowResDiscriminatorConfig,
} from 'lowres-landmarks/training';

/** D1 without its dense layer: a score for each of the 4x4 places of its last features. */
export class PatchDiscriminator extends LowResDiscriminator {
  static override readonly kind = 'PatchDiscriminator';

  /** Scores, `[faces, 4, 4, 1]`. */
  override apply(faces: tf.Tensor4D, options?: ApplyOptions): tf.Tensor4D {
    return super.apply(faces, options) as tf.Tensor4D;
  }

  protected override head(factory: LayerFactory, x: SymbolicTensor): SymbolicTensor {
    return factory.convolution(x, 'scores', 1, 1, true);
  }
}

/** G1 against a {@link PatchDiscriminator}. */
export class PatchLearner extends HighToLowLearner {
  static override readonly module = import.meta.url;

  protected override buildDiscriminator(config: Partial<LowResDiscriminatorConfig>) {
    return new PatchDiscriminator(config);
  }

  protected override discriminatorLoss(real: tf.Tensor, fake: tf.Tensor) {
    const ofReal = tf.mean(tf.squaredDifference(real, 1)) as tf.Scalar;
    const ofFake = tf.mean(tf.squaredDifference(fake, -1)) as tf.Scalar;
    return { total: tf.add(ofReal, ofFake) as tf.Scalar, real: ofReal, fake: ofFake };
  }
}

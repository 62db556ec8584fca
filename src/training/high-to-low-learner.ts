import * as tf from '@tensorflow/tfjs-core';
import type { PlainTensor } from '../formats/safetensors.js';
import { highToLowLoss } from '../losses/high-to-low-loss.js';
import { type HingeDiscriminatorLoss, hingeDiscriminatorLoss, hingeGeneratorLoss } from '../losses/hinge-loss.js';
import { pixelLoss } from '../losses/pixel-loss.js';
import { disposeOnError } from '../networks/dispose-on-error.js';
import { HighToLowGenerator, type HighToLowGeneratorConfig } from '../networks/high-to-low-generator.js';
import { LowResDiscriminator, type LowResDiscriminatorConfig } from '../networks/low-res-discriminator.js';
import { upload } from '../networks/plain-tensors.js';
import { Learner, type LossTerms, type Objective, type ObjectiveOn } from '../training-loop/learner.js';
import type { HighToLowTrainerConfig } from './high-to-low-config.js';

/** A prepared batch of a `HighToLowTrainer`; its real faces show other people. */
export type HighToLowBatch = {
  /** High-resolution faces, `[faces, 128, 128, 3]` in -1..1. */
  faces: PlainTensor;
  /** z, `[faces, 64]`. */
  noise: PlainTensor;
  /** F of the faces, `[faces, 32, 32, 3]`. */
  subsampled: PlainTensor;
  /** Real low-resolution faces, `[faces, 32, 32, 3]`. */
  real: PlainTensor;
};

/** G1 and D1. */
export type HighToLowNetworks = { generator: HighToLowGenerator; discriminator: LowResDiscriminator };

/**
 * G1, D1 and their losses (Eqs. 1-4), for a `HighToLowTrainer`. Override `buildGenerator`, `buildDiscriminator`,
 * `generatorLoss` or `discriminatorLoss` and pass the class to the trainer.
 *
 * @example
 * export class NarrowLearner extends HighToLowLearner {
 *   static override readonly module = import.meta.url; // for worker threads
 *
 *   protected override discriminatorLoss(real: tf.Tensor, fake: tf.Tensor) {
 *     // Least squares instead of the hinge loss.
 *     const ofReal = tf.mean(tf.squaredDifference(real, 1)) as tf.Scalar;
 *     const ofFake = tf.mean(tf.square(fake)) as tf.Scalar;
 *     return { total: tf.add(ofReal, ofFake) as tf.Scalar, real: ofReal, fake: ofFake };
 *   }
 * }
 */
export class HighToLowLearner extends Learner<HighToLowTrainerConfig, HighToLowNetworks> {
  static override readonly module: string = import.meta.url;

  /** `discriminator`: Eq. 2, with G1 constant; `generator`: Eq. 1. Both on a {@link HighToLowBatch}. */
  override get objectives(): {
    readonly discriminator: ObjectiveOn<HighToLowBatch>;
    readonly generator: ObjectiveOn<HighToLowBatch>;
  } {
    return { discriminator: (batch) => this.#discriminator(batch), generator: (batch) => this.#generator(batch) };
  }

  protected override buildNetworks(): HighToLowNetworks {
    const { seed } = this.config;
    const generator = this.buildGenerator({ seed, ...this.config.generator });
    return disposeOnError({ generator }, () => {
      const config = { seed: seed + 1, inputSize: generator.outputSize, ...this.config.discriminator };
      return { generator, discriminator: this.buildDiscriminator(config) };
    });
  }

  /** Makes G1. Called by the constructor, before a subclass's own fields exist. */
  protected buildGenerator(config: Partial<HighToLowGeneratorConfig>): HighToLowGenerator {
    return new HighToLowGenerator(config);
  }

  /** Makes D1. Called by the constructor, before a subclass's own fields exist. */
  protected buildDiscriminator(config: Partial<LowResDiscriminatorConfig>): LowResDiscriminator {
    return new LowResDiscriminator(config);
  }

  /**
   * Eq. 2, of D1's scores of real and of generated faces: `[faces, 1]`, or as `buildDiscriminator` makes them. Called
   * inside a gradient: no reading, no disposing.
   */
  protected discriminatorLoss(real: tf.Tensor, fake: tf.Tensor): HingeDiscriminatorLoss {
    return hingeDiscriminatorLoss(real, fake);
  }

  /**
   * Eq. 1. Called inside a gradient: no reading, no disposing.
   *
   * @param scores D1's, of the generated faces: `[faces, 1]`, or as `buildDiscriminator` makes them.
   */
  protected generatorLoss(scores: tf.Tensor, generated: tf.Tensor4D, subsampled: tf.Tensor4D): LossTerms {
    const [gan, pixel] = [hingeGeneratorLoss(scores), pixelLoss(subsampled, generated)];
    const { total, weightedGan, weightedPixel } = highToLowLoss(gan, pixel, this.config.lossWeights);
    return { loss: total, ganLoss: gan, pixelLoss: pixel, weightedGan, weightedPixel };
  }

  #discriminator({ faces, noise, real }: HighToLowBatch): Objective {
    const { generator, discriminator } = this.networks;
    const fake = generator.generate(upload(faces), upload<tf.Tensor2D>(noise), { training: true });
    const both = tf.concat([upload<tf.Tensor4D>(real), fake]);
    return {
      trains: ['discriminator'],
      loss: () => {
        // In one pass, so that u advances once, as it does for G1.
        const [ofReal, ofFake] = tf.split(discriminator.apply(both, { training: true }), 2);
        const { total, real, fake } = this.discriminatorLoss(ofReal!, ofFake!);
        return { loss: total, realLoss: real, fakeLoss: fake };
      },
    };
  }

  #generator({ faces, noise, subsampled }: HighToLowBatch): Objective {
    const { generator, discriminator } = this.networks;
    const [input, z, target] = [upload(faces), upload<tf.Tensor2D>(noise), upload(subsampled)];
    return {
      trains: ['generator'],
      loss: () => {
        const generated = generator.generate(input, z, { training: true });
        return this.generatorLoss(discriminator.apply(generated, { training: true }), generated, target);
      },
    };
  }
}

import * as tf from '@tensorflow/tfjs-core';
import type { PlainTensor } from '../formats/safetensors.js';
import { identityAccuracy, identityLoss } from '../losses/identity-loss.js';
import { disposeOnError } from '../networks/dispose-on-error.js';
import { IdentityClassifier, type IdentityClassifierConfig } from '../networks/identity-classifier.js';
import { LightCNN29 } from '../networks/light-cnn.js';
import type { LightCNN29Config } from '../networks/light-cnn-config.js';
import { upload } from '../networks/plain-tensors.js';
import { Learner, type Objective, type ObjectiveOn } from '../training-loop/learner.js';
import type { IdentityTrainerConfig } from './identity-config.js';

/** The configuration of an {@link IdentityLearner}: the trainer's, and the number of people. */
export interface IdentityLearnerConfig extends IdentityTrainerConfig {
  identities: number;
}

/** A prepared batch of an {@link IdentityTrainer}. */
export type IdentityBatch = {
  /** `[faces, size, size, 3]` in -1..1. */
  images: PlainTensor;
  /** `[faces]`: each face's person, as an output of the classifier. */
  identities: PlainTensor;
  /** `[faces, embeddingSize]`: factors of the embeddings. In the batch, so that they depend on the seed alone. */
  dropout: PlainTensor;
};

/** LightCNN-29 and the classifier of its embeddings. */
export type IdentityNetworks = { network: LightCNN29; classifier: IdentityClassifier };

/**
 * LightCNN-29, the classifier of its embeddings, and softmax cross entropy over identities (section 4.3), for an
 * `IdentityTrainer`. Override `buildNetwork`, `buildClassifier` or `loss` and pass the class to the trainer.
 *
 * @example
 * export class SofterLearner extends IdentityLearner {
 *   static override readonly module = import.meta.url; // for worker threads
 *
 *   protected override loss(logits: tf.Tensor2D, identities: tf.Tensor1D) {
 *     return identityLoss(tf.mul(logits, 0.5), identities);
 *   }
 * }
 */
export class IdentityLearner extends Learner<IdentityLearnerConfig, IdentityNetworks> {
  static override readonly module: string = import.meta.url;

  /** `identities`: the loss and the accuracy (with dropout) on an {@link IdentityBatch}. */
  override get objectives(): { readonly identities: ObjectiveOn<IdentityBatch> } {
    return { identities: (batch) => this.#identities(batch) };
  }

  protected override buildNetworks(): IdentityNetworks {
    const { seed, identities } = this.config;
    const network = this.buildNetwork({ seed, ...this.config.network });
    return disposeOnError({ network }, () => {
      const { embeddingSize } = network.config;
      // Its own seed, or both would begin with the same numbers.
      return { network, classifier: this.buildClassifier({ embeddingSize, identities, seed: seed + 1 }) };
    });
  }

  /** Makes LightCNN-29. Called by the constructor, before a subclass's own fields exist. */
  protected buildNetwork(config: Partial<LightCNN29Config>): LightCNN29 {
    return new LightCNN29(config);
  }

  /** Makes the classifier. Called by the constructor, before a subclass's own fields exist. */
  protected buildClassifier(config: IdentityClassifierConfig): IdentityClassifier {
    return new IdentityClassifier(config);
  }

  /** Softmax cross entropy. Called inside a gradient: no reading, no disposing. */
  protected loss(logits: tf.Tensor2D, identities: tf.Tensor1D): tf.Scalar {
    return identityLoss(logits, identities);
  }

  #identities(batch: IdentityBatch): Objective {
    const images = upload(batch.images);
    const [identities, dropout] = [upload<tf.Tensor1D>(batch.identities), upload<tf.Tensor2D>(batch.dropout)];
    return {
      trains: ['network', 'classifier'],
      loss: () => {
        const embeddings = this.networks.network.apply(images, { training: true });
        const logits = this.networks.classifier.apply(tf.mul(embeddings, dropout), { training: true });
        return { loss: this.loss(logits, identities), accuracy: identityAccuracy(logits, identities) };
      },
    };
  }
}

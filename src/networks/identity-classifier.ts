import type * as tf from '@tensorflow/tfjs-core';
import { input, type LayersModel, model } from '@tensorflow/tfjs-layers';
import * as v from 'valibot';
import { LayerFactory } from './layer-factory.js';
import { type ApplyOptions, Network } from './network.js';
import { parseConfig, positiveInteger, seedSetting } from './parse-config.js';

/** Settings of {@link IdentityClassifier}. */
export interface IdentityClassifierConfig {
  /** Length of the embeddings: 256 by default. */
  embeddingSize: number;
  /** Number of people in the training set. */
  identities: number;
  /** Determines the initial weights. */
  seed: number;
}

const schema = v.strictObject({
  embeddingSize: v.optional(positiveInteger, 256),
  identities: v.pipe(v.number(), v.integer(), v.minValue(2)),
  seed: seedSetting,
});

/**
 * The dense layer that training puts behind an embedding: a score for each person of the training set. A network of its
 * own, because it is useless afterwards, and other people need another one (setting L5).
 *
 * Input: `[faces, embeddingSize]`. Output: `[faces, identities]`, logits.
 *
 * @throws InvalidArgumentError for a wrong setting.
 * @example
 * const classifier = new IdentityClassifier({ identities: 2570 });
 * const logits = classifier.apply(network.apply(faces));
 */
export class IdentityClassifier extends Network<IdentityClassifierConfig> {
  static override readonly kind: string = 'IdentityClassifier';

  constructor(config: Partial<IdentityClassifierConfig> & Pick<IdentityClassifierConfig, 'identities'>) {
    super(parseConfig('IdentityClassifier', schema, config));
  }

  override apply(embeddings: tf.Tensor2D, options?: ApplyOptions): tf.Tensor2D {
    return super.apply(embeddings, options) as tf.Tensor2D;
  }

  protected override build(): LayersModel {
    const { embeddingSize, identities, seed } = this.config;
    const embedding = input({ shape: [embeddingSize] });
    return model({ inputs: embedding, outputs: new LayerFactory(seed).dense(embedding, 'identities', identities) });
  }
}

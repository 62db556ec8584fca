import * as tf from '@tensorflow/tfjs-core';
import type { PlainTensor } from '../formats/safetensors.js';
import { confidenceDiscriminatorLoss, confidenceGeneratorLoss } from '../losses/confidence-loss.js';
import { heatmapDiscriminatorLoss, reconstructionLoss } from '../losses/heatmap-discriminator-loss.js';
import { semiSupervisedLoss } from '../losses/semi-supervised-loss.js';
import {
  BeganHeatmapDiscriminator,
  type BeganHeatmapDiscriminatorConfig,
} from '../networks/began-heatmap-discriminator.js';
import { ConfidenceDiscriminator, type ConfidenceDiscriminatorConfig } from '../networks/confidence-discriminator.js';
import { disposeOnError } from '../networks/dispose-on-error.js';
import { upload } from '../networks/plain-tensors.js';
import type { LossTerms, Objective, ObjectiveOn } from '../training-loop/learner.js';
import { type HeatmapBatch, HeatmapLearner, type HeatmapNetworks } from './heatmap-learner.js';
import type { SemiSupervisedTrainerConfig } from './semi-supervised-config.js';

/** A prepared batch of a `SemiSupervisedTrainer`, its labelled faces degraded by G1. */
export type SemiSupervisedBatch = HeatmapBatch & {
  /** With D3: real low-resolution faces, `[faces, size, size, 3]` in -1..1. */
  real?: PlainTensor;
};

/** G2, with D2 and D3 as configured. */
export type SemiSupervisedNetworks = HeatmapNetworks & {
  heatmapDiscriminator?: BeganHeatmapDiscriminator;
  confidenceDiscriminator?: ConfidenceDiscriminator;
};

/** Faces with G2's predictions. */
export interface PredictedFaces {
  /** G1's faces. */
  images: tf.Tensor4D;
  /** H, the ground truth. */
  truth: tf.Tensor4D;
  /** Ĥ, the prediction. */
  prediction: tf.Tensor4D;
  /** `[faces, 1, 1, N + 1]`, 0 for invisible landmarks. */
  visible: tf.Tensor4D;
  /** Real low-resolution faces with Ĥ. */
  real?: { images: tf.Tensor4D; prediction: tf.Tensor4D };
}

type LabelledFaces = Pick<PredictedFaces, 'images' | 'truth' | 'visible'> & { realImages?: tf.Tensor4D };

/**
 * G2, D2, D3 and their losses (Eqs. 5-13), for a `SemiSupervisedTrainer`. Override `buildNetwork`,
 * `buildHeatmapDiscriminator`, `buildConfidenceDiscriminator`, `generatorLoss` or `discriminatorLoss` and pass the
 * class to the trainer.
 */
export class SemiSupervisedLearner extends HeatmapLearner<SemiSupervisedTrainerConfig, SemiSupervisedNetworks> {
  static override readonly module: string = import.meta.url;

  /**
   * On a {@link SemiSupervisedBatch}: `discriminators`, the loss of D2 and D3, with G2 constant and k_t as the setting
   * `kt`; `generator`, the loss of G2 (Eq. 13).
   */
  override get objectives(): HeatmapLearner['objectives'] & {
    readonly discriminators: ObjectiveOn<SemiSupervisedBatch>;
    readonly generator: ObjectiveOn<SemiSupervisedBatch>;
  } {
    return {
      ...super.objectives,
      discriminators: (batch, { kt = 0 }) => this.#discriminators(batch, kt),
      generator: (batch) => this.#generator(batch),
    };
  }

  protected override buildNetworks(): SemiSupervisedNetworks {
    const { heatmapDiscriminator: d2, confidenceDiscriminator: d3, seed } = this.config;
    const made: SemiSupervisedNetworks = super.buildNetworks();
    const { inputSize, landmarks } = made.network.config;
    const shared = { inputSize, landmarks };
    return disposeOnError(made, () => {
      if (d2) made.heatmapDiscriminator = this.buildHeatmapDiscriminator({ seed: seed + 1, ...d2, ...shared });
      if (d3) made.confidenceDiscriminator = this.buildConfidenceDiscriminator({ seed: seed + 2, ...d3, ...shared });
      return made;
    });
  }

  /** Makes D2. Called by the constructor, before a subclass's own fields exist. */
  protected buildHeatmapDiscriminator(config: Partial<BeganHeatmapDiscriminatorConfig>): BeganHeatmapDiscriminator {
    return new BeganHeatmapDiscriminator(config);
  }

  /** Makes D3. Called by the constructor, before a subclass's own fields exist. */
  protected buildConfidenceDiscriminator(config: Partial<ConfidenceDiscriminatorConfig>): ConfidenceDiscriminator {
    return new ConfidenceDiscriminator(config);
  }

  /**
   * The loss of D2 and D3: `l_D^real - k_t l_D^fake` (Eq. 7) plus l_D^conf (Eq. 9). "Real" are G1's faces with their
   * ground truth here. Called inside a gradient: no reading, no disposing.
   */
  protected discriminatorLoss({ images, truth, prediction, visible, real }: PredictedFaces, kt: number): LossTerms {
    const { heatmapDiscriminator, confidenceDiscriminator } = this.networks;
    const training = { training: true };
    // As in the ground truth, heatmaps of invisible landmarks are empty.
    const predicted = tf.mul(prediction, visible) as tf.Tensor4D;
    let loss: tf.Scalar = tf.scalar(0);
    const terms: Record<string, tf.Scalar> = {};
    if (heatmapDiscriminator) {
      const ofTruth = heatmapDiscriminator.reconstruct(truth, images, training);
      const ofPrediction = heatmapDiscriminator.reconstruct(predicted, images, training);
      terms.realReconstruction = reconstructionLoss(truth, ofTruth, visible);
      terms.fakeReconstruction = reconstructionLoss(predicted, ofPrediction, visible);
      loss = tf.add(loss, heatmapDiscriminatorLoss(terms.realReconstruction, terms.fakeReconstruction, kt));
    }
    if (confidenceDiscriminator && real) {
      // In one pass, so that the spectral norms' u advance once.
      const heatmaps = tf.concat([truth, predicted, real.prediction]);
      const faces = tf.concat([images, images, real.images]);
      const [ofTruth, generated, ofReal] = tf.split(confidenceDiscriminator.confidence(heatmaps, faces, training), 3);
      const losses = confidenceDiscriminatorLoss({ truth: ofTruth!, generated: generated!, real: ofReal! });
      terms.confidenceReal = losses.real;
      terms.confidenceFakeGenerated = losses.fakeGenerated;
      terms.confidenceFakeReal = losses.fakeReal;
      loss = tf.add(loss, losses.total);
    }
    return { loss, ...terms };
  }

  /** G2's loss: `a l_MSE + b l_kp + c l_conf` (Eq. 13). Called inside a gradient: no reading, no disposing. */
  protected generatorLoss({ images, truth, prediction, visible, real }: PredictedFaces): LossTerms {
    const { heatmapDiscriminator, confidenceDiscriminator } = this.networks;
    const { lossWeights } = this.config;
    const training = { training: true };
    const { total: mse, landmarks, background } = this.loss(truth, prediction, visible);
    const terms: Record<string, tf.Scalar> = { landmarkLoss: landmarks, backgroundLoss: background };
    terms.weightedMse = tf.mul(mse, lossWeights.mse);
    const predicted = tf.mul(prediction, visible) as tf.Tensor4D;
    let [keypoint, confidence]: (tf.Scalar | undefined)[] = [];
    if (heatmapDiscriminator) {
      keypoint = reconstructionLoss(predicted, heatmapDiscriminator.reconstruct(predicted, images, training), visible);
      terms.keypointLoss = keypoint;
      terms.weightedKeypoint = tf.mul(keypoint, lossWeights.keypoint);
    }
    if (confidenceDiscriminator && real) {
      const heatmaps = tf.concat([predicted, real.prediction]);
      const faces = tf.concat([images, real.images]);
      const [generated, ofReal] = tf.split(confidenceDiscriminator.confidence(heatmaps, faces, training), 2);
      confidence = confidenceGeneratorLoss({ generated: generated!, real: ofReal! });
      terms.confidenceLoss = confidence;
      terms.weightedConfidence = tf.mul(confidence, lossWeights.confidence);
    }
    return { loss: semiSupervisedLoss({ mse, keypoint, confidence }, lossWeights), ...terms };
  }

  #discriminators(batch: SemiSupervisedBatch, kt: number): Objective {
    const faces = this.#toTensors(batch);
    const predicted = this.#predict(faces);
    return {
      trains: Object.keys(this.networks).filter((name) => name !== 'network'),
      loss: () => this.discriminatorLoss(predicted, kt),
    };
  }

  #generator(batch: SemiSupervisedBatch): Objective {
    const faces = this.#toTensors(batch);
    return { trains: ['network'], loss: () => this.generatorLoss(this.#predict(faces)) };
  }

  #toTensors({ images, heatmaps, visible, real }: SemiSupervisedBatch): LabelledFaces {
    const labelled = { images: upload(images), truth: upload(heatmaps), visible: upload(visible) };
    return { ...labelled, ...(real && { realImages: upload(real) }) };
  }

  /** In one pass, because BatchNorm's running statistics are later used for both kinds of faces. */
  #predict({ realImages, ...faces }: LabelledFaces): PredictedFaces {
    const training = { training: true };
    if (!realImages) return { ...faces, prediction: this.network.apply(faces.images, training) };
    const both = this.network.apply(tf.concat([faces.images, realImages]), training);
    const [prediction, ofReal] = tf.split(both, 2) as [tf.Tensor4D, tf.Tensor4D];
    return { ...faces, prediction, real: { images: realImages, prediction: ofReal } };
  }
}

import type * as tf from '@tensorflow/tfjs-core';
import type { PlainTensor } from '../formats/safetensors.js';
import { type HeatmapLoss, heatmapLoss } from '../losses/heatmap-loss.js';
import { HeatmapUNet } from '../networks/heatmap-unet.js';
import type { HeatmapUNetConfig } from '../networks/heatmap-unet-config.js';
import { upload } from '../networks/plain-tensors.js';
import { Learner, type Objective, type ObjectiveOn } from '../training-loop/learner.js';
import type { HeatmapTrainerConfig } from './heatmap-config.js';

/** A prepared batch of a {@link HeatmapTrainer}. */
export type HeatmapBatch = {
  /** `[faces, size, size, 3]` in -1..1. */
  images: PlainTensor;
  /** H of Eq. 10, `[faces, size, size, N + 1]`. */
  heatmaps: PlainTensor;
  /** `[faces, 1, 1, N + 1]`: 0 for landmarks that are invisible or outside the image. */
  visible: PlainTensor;
};

/** The networks of a {@link HeatmapLearner}: G2. */
export type HeatmapNetworks = { network: HeatmapUNet };

/**
 * The heatmap generator G2 and its loss, l_MSE (Eq. 10), for a `HeatmapTrainer`. Override `buildNetwork` or `loss` and
 * pass the class to the trainer.
 *
 * @example
 * export class BoldLearner extends HeatmapLearner {
 *   static override readonly module = import.meta.url; // for worker threads
 *
 *   protected override loss(truth: tf.Tensor4D, prediction: tf.Tensor4D, visible: tf.Tensor4D) {
 *     return heatmapLoss(truth, tf.mul(prediction, 2), visible);
 *   }
 * }
 * const trainer = new HeatmapTrainer({ config, training, validation, learner: BoldLearner });
 */
export class HeatmapLearner<
  Config extends HeatmapTrainerConfig = HeatmapTrainerConfig,
  Networks extends HeatmapNetworks = HeatmapNetworks,
> extends Learner<Config, Networks> {
  static override readonly module: string = import.meta.url;

  /** G2. */
  get network(): HeatmapUNet {
    return this.networks.network;
  }

  /** `heatmaps`: l_MSE of Eq. 10 on a {@link HeatmapBatch}. */
  override get objectives(): { readonly heatmaps: ObjectiveOn<HeatmapBatch> } {
    return { heatmaps: (batch) => this.#heatmaps(batch) };
  }

  protected override buildNetworks(): Networks {
    return { network: this.buildNetwork(this.config.network) } as Networks;
  }

  /** Makes G2. Called by the constructor, before a subclass's own fields exist. */
  protected buildNetwork(config: Partial<HeatmapUNetConfig>): HeatmapUNet {
    return new HeatmapUNet(config);
  }

  /** l_MSE of Eq. 10. Called inside a gradient: no reading, no disposing. */
  protected loss(truth: tf.Tensor4D, prediction: tf.Tensor4D, visible: tf.Tensor4D): HeatmapLoss {
    return heatmapLoss(truth, prediction, visible);
  }

  #heatmaps({ images, heatmaps, visible }: HeatmapBatch): Objective {
    const [input, truth, mask] = [upload(images), upload(heatmaps), upload(visible)];
    return {
      trains: ['network'],
      loss: () => {
        const prediction = this.network.apply(input, { training: true });
        const { total, landmarks, background } = this.loss(truth, prediction, mask);
        return { loss: total, landmarkLoss: landmarks, backgroundLoss: background };
      },
    };
  }
}

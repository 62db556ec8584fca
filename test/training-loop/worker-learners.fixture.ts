// Learners as users write them: in a module of their own, which worker threads import.
import { isMainThread } from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs-core';
import { heatmapLoss } from '../../src/losses/heatmap-loss.js';
import { HeatmapUNet } from '../../src/networks/heatmap-unet.js';
import type { HeatmapUNetConfig } from '../../src/networks/heatmap-unet-config.js';
import { type HeatmapBatch, HeatmapLearner } from '../../src/training/heatmap-learner.js';
import type { Objective, Settings } from '../../src/training-loop/learner.js';

/** Another loss, and two objectives more. */
export class OwnLossLearner extends HeatmapLearner {
  static override readonly module = import.meta.url;

  override get objectives() {
    return {
      ...super.objectives,
      scaled: (batch: HeatmapBatch, { factor = 1 }: Settings) => this.#scaled(batch, factor),
      visibleMean: (batch: HeatmapBatch) => this.#visibleMean(batch),
    };
  }

  protected override loss(truth: tf.Tensor4D, prediction: tf.Tensor4D, visible: tf.Tensor4D) {
    const { total, landmarks, background } = heatmapLoss(truth, prediction, visible);
    return { total: tf.mul(total, 10) as tf.Scalar, landmarks, background };
  }

  /** BatchNorm uses its running statistics, so that a whole batch and its parts see the same network. */
  #scaled({ images, heatmaps }: HeatmapBatch, factor: number): Objective {
    const [input, truth] = [toTensor(images), toTensor(heatmaps)];
    const loss = () => tf.mul(tf.mean(tf.squaredDifference(truth, this.network.apply(input))), factor) as tf.Scalar;
    return { trains: ['network'], loss: () => ({ loss: loss() }) };
  }

  /** The mean over visible landmarks, however many faces have them. */
  #visibleMean({ images, heatmaps, visible }: HeatmapBatch): Objective {
    const [input, truth, mask] = [toTensor(images), toTensor(heatmaps), toTensor(visible)];
    const weight = visible.data.reduce((sum, value) => sum + value, 0);
    const loss = () => {
      const squared = tf.mul(tf.squaredDifference(truth, this.network.apply(input)), mask);
      return tf.div(tf.sum(squared), weight) as tf.Scalar;
    };
    return { trains: ['network'], weight, loss: () => ({ loss: loss() }) };
  }
}

/** A loss that is not written yet. */
export class FailingLearner extends HeatmapLearner {
  static override readonly module = import.meta.url;

  protected override loss(): never {
    throw new RangeError('not written yet');
  }
}

/** A loss that is NaN from its third time in a thread. */
export class DivergingLearner extends HeatmapLearner {
  static override readonly module = import.meta.url;
  #steps = 0;

  protected override loss(truth: tf.Tensor4D, prediction: tf.Tensor4D, visible: tf.Tensor4D) {
    const parts = heatmapLoss(truth, prediction, visible);
    return this.#steps++ < 2 ? parts : { ...parts, total: tf.mul(parts.total, Number.NaN) as tf.Scalar };
  }
}

/** Ends its thread. */
export class CrashingLearner extends HeatmapLearner {
  static override readonly module = import.meta.url;

  protected override loss(): never {
    process.exit(3);
  }
}

/** Builds another network in a thread. */
export class ErraticLearner extends HeatmapLearner {
  static override readonly module = import.meta.url;

  protected override buildNetwork(config: Partial<HeatmapUNetConfig>) {
    return new HeatmapUNet({ ...config, widths: isMainThread ? [4, 4] : [4, 6] });
  }
}

/** Does not say where it is: what it inherits is where another class is. */
export class LostLearner extends OwnLossLearner {}

/** Is not exported under its name. */
class HiddenLearner extends HeatmapLearner {
  static override readonly module = import.meta.url;
}
export const hidden = { HiddenLearner };

function toTensor({ shape, data }: HeatmapBatch['images']): tf.Tensor4D {
  return tf.tensor4d(data, shape as [number, number, number, number]);
}

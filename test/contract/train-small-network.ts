import '@tensorflow/tfjs-layers'; // Registers the gradients.
import * as tf from '@tensorflow/tfjs-core';
import { heatmapLoss } from '../../src/losses/heatmap-loss.js';
import { Adam } from '../../src/training-loop/adam.js';
import { relativeDifference } from './relative-difference.js';
import { FACES, SMALL, smallBatch, smallNetwork, smallTruth } from './small-network.js';

/** What some steps of training come to. */
export interface TrainingResult {
  /** Before each step. */
  losses: number[];
  /** After the last, by the running statistics. */
  heatmaps: number[];
}

/** See {@link relativeDifferences}. */
export interface TrainingDifferences {
  losses: number;
  heatmaps: number;
}

/** Steps as `HeatmapTrainer` makes them, with the paper's Adam, from the same weights and on the same batch everywhere. */
export async function trainSmallNetwork(steps: number): Promise<TrainingResult> {
  using network = smallNetwork();
  const variables = network.model.trainableWeights.map((w) => [w.originalName, w.read() as tf.Variable] as const);
  const adam = new Adam(Object.fromEntries(variables), { beta1: 0.5, beta2: 0.9, epsilon: 1e-8 });
  const channels = SMALL.landmarks + 1;
  const images = smallBatch();
  const truth = tf.tensor4d(smallTruth(), [FACES, SMALL.inputSize, SMALL.inputSize, channels]);
  const visible = tf.ones<tf.Rank.R4>([FACES, 1, 1, channels]);
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const { value, grads } = tf.variableGrads(
      () => heatmapLoss(truth, network.apply(images, { training: true }), visible).total,
      network.trainableVariables,
    );
    adam.apply(grads, 1e-3);
    losses.push((await value.data())[0]!);
    tf.dispose([value, grads]);
  }
  const heatmaps = network.apply(images);
  const answer = [...(await heatmaps.data())];
  adam.dispose();
  tf.dispose([images, truth, visible, heatmaps]);
  return { losses, heatmaps: answer };
}

/** How far two results are apart, relative to the second. */
export function relativeDifferences(found: TrainingResult, expected: TrainingResult): TrainingDifferences {
  return {
    losses: relativeDifference(found.losses, expected.losses),
    heatmaps: relativeDifference(found.heatmaps, expected.heatmaps),
  };
}

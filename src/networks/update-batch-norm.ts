import * as tf from '@tensorflow/tfjs-core';
import { BATCH_NORM_MOMENTUM } from './architecture.js';
import type { Network } from './network.js';

/**
 * Replaces BatchNorm's running statistics, those of the last few batches, by their mean over many (PreciseBN, Wu and
 * Johnson 2021). A generator trained against a discriminator needs it: its features change from step to step, and with
 * a handful of batches' statistics a frozen one generates other faces than in training.
 *
 * @param run Runs the network on a batch, with `training`, and disposes the result; called `batches` times.
 */
export async function updateBatchNorm(
  network: Network,
  run: (batch: number) => Promise<void>,
  batches: number,
): Promise<void> {
  const names = Object.keys(network.weights).filter((name) => /\/moving_(mean|variance)$/.test(name));
  const running = names.map((name) => network.weights[name] as tf.Variable);
  let sums: tf.Tensor[] = running.map((variable) => tf.keep(tf.zerosLike(variable)));
  for (let batch = 0; batch < batches; batch++) {
    // Starting from 0, a batch leaves its own share.
    tf.tidy(() => {
      for (const variable of running) variable.assign(tf.zerosLike(variable));
    });
    await run(batch);
    const next = sums.map((sum, index) => tf.keep(tf.add(sum, running[index]!)));
    tf.dispose(sums);
    sums = next;
  }
  const scale = 1 / (batches * (1 - BATCH_NORM_MOMENTUM));
  tf.tidy(() => {
    for (const [index, variable] of running.entries()) variable.assign(tf.mul(sums[index]!, scale));
  });
  tf.dispose(sums);
}

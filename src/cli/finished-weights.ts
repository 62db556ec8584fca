import { CheckpointError } from '../errors.js';
import { WEIGHTS_FILE } from '../training/heatmap-trainer.js';
import { readProgress } from '../training-loop/checkpoint.js';
import type { RunStore } from '../training-loop/run-store.js';

/**
 * The weights of G2 that a training has left in its run folder; undefined where there are none.
 *
 * @throws CheckpointError when the training stopped before its end: its weights are those of the epoch before.
 */
export async function finishedWeights(store: RunStore): Promise<Uint8Array | undefined> {
  const weights = await store.read(WEIGHTS_FILE);
  const progress = weights && (await readProgress(store));
  if (!progress || progress.epoch >= progress.epochs) return weights ?? undefined;
  throw new CheckpointError(
    `${store.location} holds a training that stopped after ${progress.epoch} of ${progress.epochs} epochs: go on with train --resume, or name its ${WEIGHTS_FILE} with --weights to take it as it is.`,
  );
}

import { datasetOf } from '../datasets/dataset.js';
import { splitByGroup } from '../datasets/dataset-tools.js';
import type { AlignedSample } from '../datasets/samples.js';
import { LightCNN29 } from '../networks/light-cnn.js';
import { LightCnnEmbedder } from '../recognition/light-cnn-embedder.js';
import { resolveIdentityConfig } from '../training/identity-config.js';
import { IdentityTrainer, LIGHT_CNN_FILE } from '../training/identity-trainer.js';
import { subStore } from '../training-loop/run-store.js';
import type { ExperimentOptions } from './experiment.js';
import { changesOf, runTraining, type TrainingOptions } from './train-preset.js';

/** Share of the training people whose faces only validate. */
const VALIDATION_SHARE = 0.1;

/** A LightCNN to be trained. */
export interface LightCnnTask {
  /** Names the training and its part of the store. */
  name: string;
  faces: readonly AlignedSample[];
  /** Instead of the scale's. */
  epochs: number | undefined;
  /** Weights to begin with (setting L5). */
  initial?: Uint8Array | undefined;
}

/**
 * Trains LightCNN-29 on aligned faces, resumes its training, or finds it done.
 *
 * @throws CheckpointError when the store holds a run that is not to be resumed; the signal's reason when it was
 * stopped.
 */
export async function trainLightCnn(
  { name, faces, epochs, initial }: LightCnnTask,
  { scale, seed, ...run }: TrainingOptions & ExperimentOptions,
): Promise<LightCnnEmbedder> {
  const config = resolveIdentityConfig('light-cnn', changesOf({ scale, seed, epochs }));
  const store = subStore(run.store, name);
  const people = datasetOf(faces, ({ identity }) => identity);
  const { training, validation } = splitByGroup(people, VALIDATION_SHARE, config.seed);
  using given = initial && LightCNN29.load(initial);
  const trainer = new IdentityTrainer({
    config: given ? { ...config, network: given.config } : config,
    training,
    validation,
    store,
    ...(given && { initial: given }),
  });
  try {
    await runTraining(
      {
        name,
        trainer,
        ...{ parameterCount: trainer.network.parameterCount, samples: training.length, heldOut: validation.length },
        description: { preset: 'light-cnn', scale: scale ?? 'paper' },
        draw: () => undefined,
      },
      { ...run, store },
    );
  } finally {
    trainer.dispose();
  }
  return new LightCnnEmbedder(LightCNN29.load((await store.read(LIGHT_CNN_FILE))!));
}

import { datasetOf } from '../datasets/dataset.js';
import { splitByGroup } from '../datasets/dataset-tools.js';
import type { AlignedSample } from '../datasets/samples.js';
import { LightCNN29 } from '../networks/light-cnn.js';
import { readWeights } from '../node/runs/read-weights.js';
import { createRunFolder } from '../node/runs/run-folder.js';
import { LightCnnEmbedder } from '../recognition/light-cnn-embedder.js';
import { resolveIdentityConfig } from '../training/identity-config.js';
import { IdentityTrainer, LIGHT_CNN_FILE } from '../training/identity-trainer.js';
import type { TrainingScale } from '../training/resolve-config.js';
import type { Batch } from '../training-loop/learner.js';
import type { Trainer } from '../training-loop/trainer.js';
import type { TrainerConfig } from '../training-loop/trainer-types.js';
import { assertFreshRun, carryOutTraining } from './carry-out-training.js';
import type { SettingRun } from './train-setting.js';

/** Share of the training people whose faces are only measured, to watch the run. */
const VALIDATION_SHARE = 0.1;

/** A LightCNN to be trained. */
export interface LightCnnTask {
  /** Folder in the command's run folder. */
  folder: string;
  faces: readonly AlignedSample[];
  /** Instead of the scale's. */
  epochs: number | undefined;
  /** Weights to begin with (setting L5). */
  initial?: string | undefined;
}

/**
 * Trains LightCNN-29 on aligned faces, or goes on with it, or finds it done.
 *
 * @returns The trained network; undefined when the signal stopped it.
 */
export async function trainLightCnn(
  { folder, faces, epochs, initial }: LightCnnTask,
  { out, scale, changes, workers, backend, resume, output, signal }: SettingRun,
): Promise<LightCnnEmbedder | undefined> {
  const config = resolveIdentityConfig('light-cnn', {
    scale: scale as TrainingScale,
    ...(changes.seed !== undefined && { seed: changes.seed }),
    ...(epochs !== undefined && { epochs }),
  });
  const store = await createRunFolder(`${out}/${folder}`);
  await assertFreshRun(store, resume);
  const people = datasetOf(faces, ({ identity }) => identity);
  using given = initial === undefined ? undefined : LightCNN29.load(await readWeights(initial));
  const trainer = new IdentityTrainer({
    config: given ? { ...config, network: given.config } : config,
    ...splitByGroup(people, VALIDATION_SHARE, config.seed),
    store,
    ...(given && { initial: given }),
  });
  try {
    const { parameterCount } = trainer.network;
    output.stderr.write(`${folder}: LightCNN-29 of ${parameterCount} weights, ${trainer.identities.length} people.\n`);
    const planned = {
      trainer: trainer as unknown as Trainer<TrainerConfig, Batch>,
      parameterCount,
      result: LIGHT_CNN_FILE,
      draw: () => undefined,
    };
    const { stderr } = output;
    const description = { preset: 'light-cnn', scale, backend };
    if (!(await carryOutTraining(planned, store, { resume, workers, signal, stderr, description }))) return undefined;
  } finally {
    trainer.dispose();
  }
  return new LightCnnEmbedder(LightCNN29.load(await readWeights(`${store.location}/${LIGHT_CNN_FILE}`)));
}

/**
 * Trains stage one with the discriminator of `patch-learner.ts`, on two threads.
 *
 *     npx tsx examples/train-with-patches.ts DATA RUN
 */

import { useBackend } from 'lowres-landmarks';
import {
  createRunFolder,
  drawDegradations,
  encodePng,
  openTrainingData,
  openUnlabelledData,
} from 'lowres-landmarks/node';
import { HighToLowTrainer, resolveHighToLowConfig } from 'lowres-landmarks/training';
import { PatchLearner } from './patch-learner.js';

const [data, run] = process.argv.slice(2);
if (!data || !run) throw new Error('Give the data folder and the run folder.');
await useBackend('wasm');
const config = resolveHighToLowConfig('stage-one', { scale: 'small' });
const { training, validation } = await openTrainingData(data, config.seed);
const real = await openUnlabelledData(data, config.seed);
const store = await createRunFolder(run);
const trainer = new HighToLowTrainer({
  config,
  training,
  validation,
  realTraining: real.training,
  realValidation: real.validation,
  store,
  learner: PatchLearner,
});
trainer.on('epoch', async ({ epoch, validation }) => {
  console.log(epoch, validation);
  await store.write(`epoch-${epoch}.png`, encodePng(drawDegradations(trainer.degraded)));
});
await trainer.resume();
await trainer.train({ workers: 2 });
trainer.dispose();

import type * as tf from '@tensorflow/tfjs-core';
import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type RgbImage, useBackend } from 'lowres-landmarks';
import { faceError, type LandmarkPredictor, summarizeFaceErrors } from 'lowres-landmarks/evaluation';
import { createRunFolder, detectLandmarksLR, openTrainingData } from 'lowres-landmarks/node';
import {
  facesToTensor,
  HeatmapTrainer,
  HeatmapUNet,
  type LayerFactory,
  type Random,
  resolveHeatmapConfig,
  Trainer,
} from 'lowres-landmarks/training';

class WiderStem extends HeatmapUNet {
  protected override stem(factory: LayerFactory, image: SymbolicTensor) {
    return factory.residualBlock(super.stem(factory, image), 'stem_block', this.config.widths[0]!);
  }
}

class Darker extends HeatmapTrainer {
  protected override degrade(image: RgbImage, random: Random): RgbImage {
    return super.degrade({ ...image, data: image.data.map((value) => value / 2) }, random);
  }
}

await useBackend('wasm');
using network = new WiderStem({ widths: [8, 8, 8, 8] });
const batch: tf.Tensor4D = facesToTensor([{ data: new Uint8Array(3 * 32 * 32), width: 32, height: 32 }]);

const config = resolveHeatmapConfig('S1', { scale: 'small', epochs: 2 });
const { training, validation } = await openTrainingData('data', config.seed);
const trainer = new Darker({ config, training, validation, store: await createRunFolder('run') });
trainer.on('epoch', ({ epoch, validation }) => console.log(epoch, validation.nrmse));
const isTrainer: boolean = trainer instanceof Trainer;

const predictor: LandmarkPredictor = {
  name: 'mine',
  scheme: 5,
  predict: async (image, box) => (await detectLandmarksLR(image, { boxes: box, points: 5 })).points,
};
const point = { x: 1, y: 2 };
const { nrmse }: { nrmse: unknown } = summarizeFaceErrors([faceError([point], [point], 10)]);

console.log(network.config, batch.shape, isTrainer, predictor, nrmse);

/**
 * Trains on faces blurred by motion instead of shrunk by averaging: the other degradation the paper's conclusion names. One override.
 *
 *     npx tsx examples/motion-blur.ts DATA RUN
 */
import {
  HeatmapTrainer,
  type Random,
  type RgbImage,
  resolveHeatmapTrainerConfig,
  subsample,
  useBackend,
} from 'lowres-landmarks';
import { createRunFolder, openTrainingData } from 'lowres-landmarks/node';

/** Smears a face along a random direction, then subsamples it as setting S1 does. */
class MotionBlurTrainer extends HeatmapTrainer {
  protected override readonly name = 'MotionBlurTrainer';

  protected override degrade(face: RgbImage, random: Random): RgbImage {
    return subsample(motionBlur(face, random.uniform(0, 16), random.uniform(0, Math.PI)), random);
  }
}

/** The mean of the image moved by up to `length` pixels along a direction. */
function motionBlur({ data, width, height }: RgbImage, length: number, direction: number): RgbImage {
  const taps = Math.max(1, Math.round(length));
  const blurred = new Float32Array(data.length);
  for (let tap = 0; tap < taps; tap++) {
    const along = tap - (taps - 1) / 2;
    const [right, down] = [Math.round(along * Math.cos(direction)), Math.round(along * Math.sin(direction))];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const column = Math.min(width - 1, Math.max(0, x + right));
        const row = Math.min(height - 1, Math.max(0, y + down));
        for (let channel = 0; channel < 3; channel++) {
          blurred[(y * width + x) * 3 + channel]! += data[(row * width + column) * 3 + channel]! / taps;
        }
      }
    }
  }
  return { data: blurred, width, height };
}

const [data, run] = process.argv.slice(2);
if (!data || !run) throw new Error('Give the data folder and the run folder.');
await useBackend('wasm');
const config = resolveHeatmapTrainerConfig('S1', { epochs: 20, network: { widths: [32, 32, 32, 32] } });
const { training, validation } = await openTrainingData(data, config.seed);
const trainer = new MotionBlurTrainer({ config, training, validation, store: await createRunFolder(run) });
trainer.on('epoch', ({ epoch, validation: { nrmse } }) => console.log(`epoch ${epoch}: NRMSE ${nrmse?.toFixed(2)} %`));
await trainer.resume();
await trainer.train();
trainer.dispose();

/**
 * Trains on faces blurred by motion and by hot air instead of shrunk by averaging alone: the degradations that the paper's conclusion names.
 * Each is one override.
 *
 *     npx tsx examples/blurred-faces.ts motion DATA RUN
 *     npx tsx examples/blurred-faces.ts turbulence DATA RUN
 */
import { fileURLToPath } from 'node:url';
import { type RgbImage, useBackend } from 'lowres-landmarks';
import { createRunFolder, openTrainingData } from 'lowres-landmarks/node';
import { HeatmapTrainer, type Random, resolveHeatmapConfig, subsample } from 'lowres-landmarks/training';

/** Smears a face along a random direction, then subsamples it as setting S1 does. */
export class MotionBlurTrainer extends HeatmapTrainer {
  protected override readonly name = 'MotionBlurTrainer';

  protected override degrade(face: RgbImage, random: Random): RgbImage {
    return subsample(motionBlur(face, random.uniform(0, 16), random.uniform(0, Math.PI)), random);
  }
}

/** Bends a face as hot air does, then subsamples it. */
export class TurbulenceTrainer extends HeatmapTrainer {
  protected override readonly name = 'TurbulenceTrainer';

  protected override degrade(face: RgbImage, random: Random): RgbImage {
    return subsample(turbulence(face, random.uniform(0, 4), random), random);
  }
}

/** The mean of the image moved by up to `length` pixels along a direction. */
export function motionBlur(image: RgbImage, length: number, direction: number): RgbImage {
  const taps = Math.max(1, Math.round(length));
  const blurred = new Float32Array(image.data.length);
  for (let tap = 0; tap < taps; tap++) {
    const along = tap - (taps - 1) / 2;
    const [right, down] = [Math.round(along * Math.cos(direction)), Math.round(along * Math.sin(direction))];
    forEachPixel(image, (x, y, target) => {
      const source = pixelAt(image, x + right, y + down);
      for (let channel = 0; channel < 3; channel++) blurred[target + channel]! += image.data[source + channel]! / taps;
    });
  }
  return { ...image, data: blurred };
}

/** Moves each pixel by a smooth random field of up to `strength` pixels: a few waves of random directions and phases. */
export function turbulence(image: RgbImage, strength: number, random: Random): RgbImage {
  const waves = Array.from({ length: 6 }, () => ({
    across: random.uniform(-0.3, 0.3),
    down: random.uniform(-0.3, 0.3),
    phaseX: random.uniform(0, 2 * Math.PI),
    phaseY: random.uniform(0, 2 * Math.PI),
  }));
  const bent = new Float32Array(image.data.length);
  forEachPixel(image, (x, y, target) => {
    let [right, down] = [0, 0];
    for (const wave of waves) {
      right += Math.sin(wave.across * x + wave.down * y + wave.phaseX) / waves.length;
      down += Math.sin(wave.across * x + wave.down * y + wave.phaseY) / waves.length;
    }
    const source = pixelAt(image, Math.round(x + strength * right), Math.round(y + strength * down));
    for (let channel = 0; channel < 3; channel++) bent[target + channel] = image.data[source + channel]!;
  });
  return { ...image, data: bent };
}

function forEachPixel({ width, height }: RgbImage, visit: (x: number, y: number, place: number) => void): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) visit(x, y, (y * width + x) * 3);
  }
}

/** Where a pixel begins in the image's data; outside it is that of the border. */
function pixelAt({ width, height }: RgbImage, x: number, y: number): number {
  const column = Math.min(width - 1, Math.max(0, x));
  return (Math.min(height - 1, Math.max(0, y)) * width + column) * 3;
}

async function main([kind, data, run]: string[]): Promise<void> {
  const Trainer = { motion: MotionBlurTrainer, turbulence: TurbulenceTrainer }[kind ?? ''];
  if (!Trainer || !data || !run) throw new Error('Give motion or turbulence, the data folder and the run folder.');
  await useBackend('wasm');
  const config = resolveHeatmapConfig('S1', { epochs: 20, network: { widths: [32, 32, 32, 32] } });
  const { training, validation } = await openTrainingData(data, config.seed);
  const trainer = new Trainer({ config, training, validation, store: await createRunFolder(run) });
  trainer.on('epoch', ({ epoch, validation: { nrmse } }) =>
    console.log(`epoch ${epoch}: NRMSE ${nrmse?.toFixed(2)} %`),
  );
  await trainer.resume();
  await trainer.train();
  trainer.dispose();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));

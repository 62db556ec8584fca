import type { NetworkWeights } from '../formats/weights-file.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import type { HeatmapDecoder, HeatmapPoint } from '../heatmaps/decode.js';
import { type HeatmapUNetConfig, resolveHeatmapUNetConfig } from '../networks/heatmap-unet-config.js';
import { besideModule, ThreadPool } from '../workers/thread-pool.js';
import { type CropLandmarks, FACES_PER_PASS } from './crop-landmarks.js';

export interface CropThreadSetup {
  weights: NetworkWeights;
  decoder: HeatmapDecoder;
}

/** The crops of one forward pass. */
export interface CropThreadTask {
  size: number;
  pixels: Float32Array<ArrayBuffer>;
}

type Pool = ThreadPool<CropThreadTask, HeatmapPoint[][]>;

/** {@link CropLandmarks} in worker threads, each with a copy of the network. */
export class PooledCropLandmarks implements CropLandmarks {
  readonly inputSize: number;
  readonly landmarks: number;
  readonly #pool: Pool;

  private constructor({ inputSize, landmarks }: HeatmapUNetConfig, pool: Pool) {
    this.inputSize = inputSize;
    this.landmarks = landmarks;
    this.#pool = pool;
  }

  /** Starts the threads. See {@link ThreadPool.open} for what it throws. */
  static async open(weights: NetworkWeights, decoder: HeatmapDecoder, workers: number): Promise<PooledCropLandmarks> {
    const config = resolveHeatmapUNetConfig(weights.config as Partial<HeatmapUNetConfig>);
    const setup: CropThreadSetup = { weights, decoder };
    const module = besideModule('./crop-thread', import.meta.url);
    return new PooledCropLandmarks(config, await ThreadPool.open({ workers, module, setup }));
  }

  async find(crops: readonly RgbImage[], proceed: () => void): Promise<HeatmapPoint[][]> {
    const size = facesPerPass(crops.length, this.#pool.workers);
    const passes = Array.from({ length: Math.ceil(crops.length / size) }, (_, pass) =>
      crops.slice(pass * size, (pass + 1) * size),
    );
    const found: HeatmapPoint[][][] = [];
    let next = 0;
    const threads = Array.from({ length: this.#pool.workers }, async () => {
      while (next < passes.length) {
        proceed();
        const pass = next++;
        found[pass] = await this.#pass(passes[pass]!);
      }
    });
    await Promise.all(threads).catch((error: unknown) => {
      next = passes.length;
      throw error;
    });
    return found.flat();
  }

  dispose(): Promise<void> {
    return this.#pool.close();
  }

  #pass(crops: readonly RgbImage[]): Promise<HeatmapPoint[][]> {
    const size = this.inputSize;
    const pixels = new Float32Array(crops.length * size * size * 3);
    for (const [index, { data }] of crops.entries()) pixels.set(data, index * size * size * 3);
    return this.#pool.run({ size, pixels }, [pixels.buffer]);
  }
}

/** For as few passes as possible, equally large and equally many for every thread. */
export function facesPerPass(faces: number, workers: number): number {
  const passesPerThread = Math.max(1, Math.ceil(faces / (FACES_PER_PASS * workers)));
  return Math.max(1, Math.ceil(faces / (passesPerThread * workers)));
}

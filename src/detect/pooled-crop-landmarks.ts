import type { NetworkWeights } from '../formats/weights-file.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import type { HeatmapDecoder, HeatmapPoint } from '../heatmaps/decode.js';
import { type HeatmapUNetConfig, resolveHeatmapUNetConfig } from '../networks/heatmap-unet-config.js';
import { besideModule, ThreadPool } from '../workers/thread-pool.js';
import { type CropLandmarks, FACES_PER_PASS } from './crop-landmarks.js';

/** What a thread needs to find landmarks. */
export interface CropThreadSetup {
  weights: NetworkWeights;
  decoder: HeatmapDecoder;
}

/** The crops of one forward pass, their pixels one after another. */
export interface CropThreadTask {
  size: number;
  pixels: Float32Array<ArrayBuffer>;
}

/** {@link CropLandmarks} by worker threads, each with the network. */
export class PooledCropLandmarks implements CropLandmarks {
  readonly inputSize: number;
  readonly landmarks: number;
  readonly #pool: ThreadPool<CropThreadTask, HeatmapPoint[][]>;

  private constructor({ inputSize, landmarks }: HeatmapUNetConfig, pool: ThreadPool<CropThreadTask, HeatmapPoint[][]>) {
    this.inputSize = inputSize;
    this.landmarks = landmarks;
    this.#pool = pool;
  }

  /** Starts the threads. See {@link ThreadPool.open} for what it throws. */
  static async open(weights: NetworkWeights, decoder: HeatmapDecoder, workers: number): Promise<PooledCropLandmarks> {
    const config = resolveHeatmapUNetConfig(weights.config as Partial<HeatmapUNetConfig>);
    const setup: CropThreadSetup = { weights, decoder };
    const module = besideModule('./crop-thread', import.meta.url);
    const pool = await ThreadPool.open<CropThreadTask, HeatmapPoint[][]>({ workers, module, setup });
    return new PooledCropLandmarks(config, pool);
  }

  async find(crops: readonly RgbImage[], proceed: () => void): Promise<HeatmapPoint[][]> {
    const size = facesPerPass(crops.length, this.#pool.workers);
    const passes = Array.from({ length: Math.ceil(crops.length / size) }, (_, pass) =>
      crops.slice(pass * size, (pass + 1) * size),
    );
    const found: HeatmapPoint[][][] = [];
    let next = 0;
    const keepThreadBusy = async () => {
      while (next < passes.length) {
        proceed();
        const pass = next++;
        found[pass] = await this.#pass(passes[pass]!);
      }
    };
    const threads = Array.from({ length: this.#pool.workers }, keepThreadBusy);
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

/** As few passes as there can be with an equal number for every thread, equally large. */
export function facesPerPass(faces: number, workers: number): number {
  const passesPerThread = Math.max(1, Math.ceil(faces / (FACES_PER_PASS * workers)));
  return Math.max(1, Math.ceil(faces / (passesPerThread * workers)));
}

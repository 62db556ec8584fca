import * as tf from '@tensorflow/tfjs-core';
import { BackendLease } from '../backends/backend-lease.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import { decodeHeatmaps, type HeatmapDecoder, type HeatmapPoint } from '../heatmaps/decode.js';
import { facesToTensor } from '../images/faces-to-tensor.js';
import { giveTurn } from '../turns.js';
import type { FoldedHeatmapUNet } from './folded-heatmap-unet.js';

/** Finds the landmarks of square face crops of one size, in this thread or in others. */
export interface CropLandmarks {
  /** Width and height of a crop in pixels. */
  readonly inputSize: number;
  /** Points per face. */
  readonly landmarks: number;
  /**
   * The points of each crop, in its pixels.
   *
   * @param proceed Called before each forward pass; throws to stop.
   */
  find(crops: readonly RgbImage[], proceed: () => void): Promise<HeatmapPoint[][]>;
  /** Frees the network; resolves when threads have ended too. */
  dispose(): Promise<void>;
}

/** Faces per forward pass: enough to use every backend well, in under 50 MB. */
export const FACES_PER_PASS = 32;

/** {@link CropLandmarks} in this thread. No tensor survives a call. */
export class NetworkCropLandmarks implements CropLandmarks {
  readonly inputSize: number;
  readonly landmarks: number;
  readonly #network: FoldedHeatmapUNet;
  readonly #decoder: HeatmapDecoder;
  readonly #lease = new BackendLease('detector');
  #disposed = false;

  /** @param network Belongs to this object from now on. */
  constructor(network: FoldedHeatmapUNet, decoder: HeatmapDecoder) {
    this.inputSize = network.config.inputSize;
    this.landmarks = network.config.landmarks;
    this.#network = network;
    this.#decoder = decoder;
  }

  async find(crops: readonly RgbImage[], proceed: () => void): Promise<HeatmapPoint[][]> {
    const found: HeatmapPoint[][] = [];
    for (let first = 0; first < crops.length; first += FACES_PER_PASS) {
      proceed();
      const pass = crops.slice(first, first + FACES_PER_PASS);
      found.push(...(await this.#lease.run(() => this.#pass(pass))));
      await giveTurn();
    }
    return found;
  }

  async dispose(): Promise<void> {
    if (!this.#disposed) this.#lease.free(() => this.#network.dispose());
    this.#disposed = true;
  }

  async #pass(crops: readonly RgbImage[]): Promise<HeatmapPoint[][]> {
    // Kept, because the application may end a scope of its own meanwhile.
    const input = tf.keep(facesToTensor(crops));
    let heatmaps: tf.Tensor4D | undefined;
    try {
      heatmaps = await this.#network.applyInTurns(input);
      return await decodeHeatmaps(heatmaps, { decoder: this.#decoder });
    } finally {
      this.#lease.free(() => tf.dispose(heatmaps ? [input, heatmaps] : input));
    }
  }
}
